using System.Globalization;

namespace CompiledDnn;

/// <summary>The checkpoints of a folder, by their steps.</summary>
/// <param name="folder">The folder; need not exist yet.</param>
internal sealed class CheckpointFolder(string folder)
{
    private const string Prefix = "checkpoint-";
    private const string Extension = ".safetensors";

    /// <summary>The path of the checkpoint after so many steps.</summary>
    public string PathOf(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D10}{Extension}"));

    /// <summary>The newest checkpoint; null if there is none.</summary>
    public string? Newest() => Steps() is [.., var last] ? PathOf(last) : null;

    /// <summary>Creates the folder if it is not there.</summary>
    public void Create() => Directory.CreateDirectory(folder);

    /// <summary>Deletes all but the newest.</summary>
    /// <param name="keep">How many stay.</param>
    public void Prune(int keep)
    {
        foreach (long step in Steps().SkipLast(keep))
        {
            File.Delete(PathOf(step));
        }
    }

    // Files of other names are somebody else's.
    private long[] Steps() => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}")
            .Select(path => Path.GetFileName(path)[Prefix.Length..^Extension.Length])
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : -1)
            .Where(step => step >= 0)
            .Order()];
}
