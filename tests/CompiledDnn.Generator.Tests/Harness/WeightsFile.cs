using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>What the build task writes of a file of weights, as an additional file of the project.</summary>
internal sealed class WeightsFile(string network, string text) : AdditionalText
{
    public override string Path => $"obj/networkweights/{network}.networkweights.txt";

    /// <summary>A file that has the tensors of a network of these sizes.</summary>
    public static WeightsFile Of(string network, string file, params int[] sizes) => Of(network, file, "F32", sizes);

    /// <summary>A file that has the tensors of a network of these sizes, in a type of number.</summary>
    public static WeightsFile Of(string network, string file, string type, int[] sizes) => WithLines(network, file, [.. Enumerable
        .Range(1, sizes.Length - 1)
        .SelectMany(layer => new[]
        {
            FormattableString.Invariant($"tensor {type} [{sizes[layer]}] {2 * (layer - 1)}.bias"),
            FormattableString.Invariant($"tensor {type} [{sizes[layer]}, {sizes[layer - 1]}] {2 * (layer - 1)}.weight"),
        })]);

    /// <summary>A file with these lines after those that say which it is.</summary>
    public static WeightsFile WithLines(string network, string file, params string[] lines) => new(
        network, string.Join("\n", [$"network {network}", $"file {file}", $"resource CompiledDnn.Weights/{network}/{file}", .. lines, ""]));

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
}
