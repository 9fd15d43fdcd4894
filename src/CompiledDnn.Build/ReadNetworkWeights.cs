using System.Text;
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
    /// <returns>False if a file is not there. What is wrong inside one goes into its text, and from there to the class it is for.</returns>
    public override bool Execute()
    {
        foreach (ITaskItem item in Weights)
        {
            try
            {
                Write(item);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                Log.LogError(
                    null,
                    "CDNN0202",
                    null,
                    "https://github.com/compiled-dnn/compiled-dnn/blob/main/generator/docs/CDNN0202.md",
                    item.GetMetadata("DefiningProjectFullPath"),
                    0,
                    0,
                    0,
                    0,
                    "The weights of the network '{0}' cannot be read from '{1}': {2}",
                    item.GetMetadata("Network"),
                    item.ItemSpec,
                    error.Message);
            }
        }

        return !Log.HasLoggedErrors;
    }

    private static void Write(ITaskItem item)
    {
        string path = item.GetMetadata("FullPath");
        string text;
        using (var stream = InputFile.Open(path))
        {
            text = WeightsManifest.Of(stream, item.GetMetadata("Network"), item.GetMetadata("Resource"), Path.GetFileName(path));
        }

        string manifest = item.GetMetadata("Manifest");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(manifest))!);

        // Beside it first: half a text, newer than the weights, would be taken for the whole of it by every build that follows.
        string temporary = $"{manifest}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (File.Exists(manifest))
            {
                File.Replace(temporary, manifest, null);
            }
            else
            {
                File.Move(temporary, manifest);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
