using System.Text.Json;

namespace CompiledDnn.Tests.Formats.NumPy;

/// <summary>Files that NumPy wrote, see <c>make_numpy_files.py</c>.</summary>
internal static class NumPyFiles
{
    private static readonly JsonElement s_cases = Load();

    public static IEnumerable<string> Names => s_cases.EnumerateObject().Select(c => c.Name);

    public static byte[] Bytes(string name) => s_cases.GetProperty(name).GetProperty("file").GetBytesFromBase64();

    public static long[] Shape(string name) => [.. s_cases.GetProperty(name).GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())];

    /// <summary>The numbers in C order.</summary>
    public static double[] Values(string name) => [.. s_cases.GetProperty(name).GetProperty("values").EnumerateArray().Select(n => n.GetDouble())];

    private static JsonElement Load()
    {
        using Stream stream = typeof(NumPyFiles).Assembly.GetManifestResourceStream("numpy_files.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}

/// <summary>A file of a test, removed at its end.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[]? content = null)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        if (content is not null)
        {
            File.WriteAllBytes(Path, content);
        }
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
