using System.Globalization;

namespace CompiledDnn;

/// <summary>A file that is not what it should be: damaged, of another format, or for another network. Nothing was changed.</summary>
public sealed class NetworkFileException : IOException
{
    /// <summary>Says what is wrong where.</summary>
    /// <param name="file">The path of the file, or what stands for it.</param>
    /// <param name="offset">The byte, counted from the file's beginning, at which it was noticed.</param>
    /// <param name="reason">What is wrong, and what to do.</param>
    /// <param name="innerException">What was noticed first, if it was an exception.</param>
    public NetworkFileException(string file, long offset, string reason, Exception? innerException = null)
        : base($"{file}, byte {offset.ToString(CultureInfo.InvariantCulture)}: {reason}", innerException)
    {
        File = file;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>Says what is wrong with the content of a file, at no byte in particular.</summary>
    /// <param name="file">The path of the file, or what stands for it.</param>
    /// <param name="reason">What is wrong, and what to do.</param>
    /// <param name="innerException">What was noticed first, if it was an exception.</param>
    public NetworkFileException(string file, string reason, Exception? innerException = null)
        : base($"{file}: {reason}", innerException)
    {
        File = file;
        Offset = -1;
        Reason = reason;
    }

    /// <summary>The path of the file, or what stands for it.</summary>
    public string File { get; }

    /// <summary>The byte, counted from the file's beginning, at which it was noticed; −1 if it is no byte in particular.</summary>
    public long Offset { get; }

    /// <summary>What is wrong, and what to do.</summary>
    public string Reason { get; }
}
