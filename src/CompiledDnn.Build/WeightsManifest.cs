using System.Text;

namespace CompiledDnn.Build;

/// <summary>What the generator is told of a file of weights: a line for each thing, its kind first.</summary>
internal static class WeightsManifest
{
    /// <summary>The text for a file.</summary>
    /// <param name="stream">The file; its header is read, and of its data only how long they are.</param>
    /// <param name="network">The class that the weights are for.</param>
    /// <param name="resource">The name that the file has in the program.</param>
    /// <param name="file">The file's name for messages.</param>
    public static string Of(Stream stream, string network, string resource, string file)
    {
        var text = new StringBuilder();
        Line(text, "network", network);
        Line(text, "file", file);
        Line(text, "resource", resource);
        try
        {
            foreach (SafetensorsTensor tensor in SafetensorsHeader.Read(stream, file).Tensors)
            {
                Line(text, "tensor", $"{tensor.DType.Name} {tensor.ShapeText} {tensor.Name}");
            }
        }
        catch (NetworkFileException error)
        {
            Line(text, "problem", $"byte {error.Offset}: {error.Reason.TrimEnd('.')}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string kind, string value) => text
        .Append(kind)
        .Append(' ')
        .Append([.. OneLine(value)])
        .Append('\n');

    // A name can hold anything, and a tensor with such a name belongs to no network.
    private static IEnumerable<char> OneLine(string value) => value.Select(c => char.IsControl(c) ? '?' : c);
}
