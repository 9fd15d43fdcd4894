// What the runtime's reader calls and .NET Standard 2.0 does not have.
namespace System.Text.Unicode
{
    /// <summary>Whether bytes are text.</summary>
    internal static class Utf8
    {
        private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        public static bool IsValid(byte[] bytes)
        {
            try
            {
                s_strict.GetCharCount(bytes);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}

namespace CompiledDnn
{
    /// <summary>Methods of streams, spans and dictionaries.</summary>
    internal static class FrameworkMethods
    {
        public static int Read(this Stream stream, Span<byte> buffer)
        {
            var bytes = new byte[buffer.Length];
            int got = stream.Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, got).CopyTo(buffer);
            return got;
        }

        public static int ReadAtLeast(this Stream stream, Span<byte> buffer, int least, bool throwOnEndOfStream)
        {
            int filled = 0;
            for (int got = 1; filled < least && got > 0; filled += got)
            {
                got = stream.Read(buffer.Slice(filled));
            }

            return filled >= least || !throwOnEndOfStream ? filled : throw new EndOfStreamException();
        }

        public static ReadOnlySpan<byte> TrimStart(this ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> trimmed)
        {
            int start = 0;
            while (start < bytes.Length && trimmed.IndexOf(bytes[start]) >= 0)
            {
                start++;
            }

            return bytes.Slice(start);
        }

        public static bool TryAdd<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
        {
            bool isNew = !dictionary.ContainsKey(key);
            if (isNew)
            {
                dictionary.Add(key, value);
            }

            return isNew;
        }
    }
}
