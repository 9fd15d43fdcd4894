namespace CompiledDnn;

/// <summary>A NumPy file that is damaged, of another format, or holds what cannot be read as it was asked for.</summary>
public sealed class NumPyFileException : IOException
{
    /// <summary>Says what is wrong where.</summary>
    /// <param name="file">The path of the file, or what stands for it.</param>
    /// <param name="offset">The byte, counted from the array's beginning, at which it was noticed.</param>
    /// <param name="reason">What is wrong, and what to do.</param>
    /// <param name="innerException">What was noticed first, if it was an exception.</param>
    public NumPyFileException(string file, long offset, string reason, Exception? innerException = null)
        : base(FormattableString.Invariant($"{file}, byte {offset}: {reason}"), innerException)
    {
        File = file;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>The path of the file; with the name of the array in it, for one of several.</summary>
    public string File { get; }

    /// <summary>The byte, counted from the array's beginning, at which it was noticed.</summary>
    public long Offset { get; }

    /// <summary>What is wrong, and what to do.</summary>
    public string Reason { get; }

    /// <summary>Opens a file to be read, and refuses a folder.</summary>
    internal static FileStream Open(string path) => InputFile.Open(path, static (path, reason) => new NumPyFileException(path, 0, reason));
}
