using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace CompiledDnn.Build;

/// <summary>
/// Writes, for every file of weights that becomes part of a program, a text that says what the file holds. A source generator must not read
/// files, and the compiler hands it text alone, so this is how it learns whether the weights fit the network.
/// </summary>
public sealed class ReadNetworkWeights : Task
{
    /// <summary>The files, with the metadata Network (the class), Resource (the name in the program) and Manifest (the text to write).</summary>
    [Required]
    public ITaskItem[] Weights { get; set; } = [];

    /// <summary>Reads the header of each file and writes its text.</summary>
    /// <returns>False if a file cannot be read, or its text not be written. What is wrong inside one goes into its text, and from there to the class it is for.</returns>
    public override bool Execute()
    {
        foreach (ITaskItem item in Weights)
        {
            if (Read(item) is { } text)
            {
                Write(item, text);
            }
        }

        return !Log.HasLoggedErrors;
    }

    private string? Read(ITaskItem item)
    {
        string path = item.GetMetadata("FullPath");
        string network = item.GetMetadata("Network");
        try
        {
            using var stream = InputFile.Open(path);
            return WeightsManifest.Of(stream, network, item.GetMetadata("Resource"), Path.GetFileName(path));
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            string reason = error is NetworkFileException refusal
                ? refusal.Reason
                : $"{error.Message} Put the file there, or correct Include, which is relative to the project file.";
            Report(item, "CDNN0202", $"The weights of the network '{network}' cannot be read from '{item.ItemSpec}': {reason}");
            return null;
        }
    }

    private void Write(ITaskItem item, string text)
    {
        string manifest = item.GetMetadata("Manifest");
        try
        {
            ManifestFile.Write(manifest, text);
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            Report(
                item,
                "CDNN0203",
                $"What the weights '{item.ItemSpec}' of the network '{item.GetMetadata("Network")}' hold cannot be written to '{manifest}', where the compiler looks for it: "
                + $"{error.Message} Remove what is there under these names, and let the build write into the project's obj folder.");
        }
    }

    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private void Report(ITaskItem item, string code, string message) => Log.LogError(
        null,
        code,
        null,
        $"https://github.com/compiled-dnn/compiled-dnn/blob/main/generator/docs/{code}.md",
        item.GetMetadata("DefiningProjectFullPath"),
        0,
        0,
        0,
        0,
        "{0}",
        message);
}
