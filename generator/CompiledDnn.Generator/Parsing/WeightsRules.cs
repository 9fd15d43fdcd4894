using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CompiledDnn.Generator.Model;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Whether a file of weights fits the network that it is for.</summary>
internal static class WeightsRules
{
    // A checkpoint has tensors of its own beside the network's, which the runtime passes over.
    private const string TrainingPrefix = "training.";

    /// <summary>What is emitted for a network because of files of weights; null if none is for it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="taken">A name of the user's own that the generated members would have; null if there is none.</param>
    /// <param name="manifests">All files of weights.</param>
    public static PretrainedSpec? Match(NetworkSpec network, string? taken, IEnumerable<WeightsManifest> manifests)
    {
        string name = WeightsNames.Full(network.Type);
        WeightsManifest[] files =
        [
            .. manifests
                .Where(manifest => WeightsNames.Matches(name, manifest.Network))
                .OrderBy(manifest => manifest.File, System.StringComparer.Ordinal),
        ];
        if (files.Length == 0)
        {
            return null;
        }

        WeightsManifest file = files[0];
        bool isBroken = network.Failure is not null;
        string? problem =
            taken is not null ? $"the class has a member '{taken}' already, the name of one that is generated for them: rename it"
            : files.Length > 1 ? $"'{files[1].File}' is given for the network too: remove one of them"
            : file.Problem is not null ? file.Problem
            : isBroken ? null
            : Compare(network.Sizes, file.Tensors);
        return new(network.Type, network.IsDouble, file.File, file.Resource, isBroken, taken is not null, problem);
    }

    private static string? Compare(EquatableArray<int> sizes, IEnumerable<WeightsTensor> tensors)
    {
        WeightsTensor[] own = [.. tensors.Where(tensor => !tensor.Name.StartsWith(TrainingPrefix, System.StringComparison.Ordinal))];
        (string Name, string Shape)[] expected = [.. Expected(sizes)];
        Dictionary<string, WeightsTensor> present = own.GroupBy(tensor => tensor.Name).ToDictionary(group => group.Key, group => group.First());
        string? difference = expected
            .Select(tensor =>
                !present.TryGetValue(tensor.Name, out WeightsTensor? there) ? $"'{tensor.Name}' of shape {tensor.Shape} is missing"
                : there.Shape != tensor.Shape ? $"'{tensor.Name}' has the shape {there.Shape}, not {tensor.Shape}"
                : null)
            .Concat(own.Where(tensor => expected.All(wanted => wanted.Name != tensor.Name)).Select(tensor => $"'{tensor.Name}' of shape {tensor.Shape} belongs to no layer"))
            .FirstOrDefault(text => text is not null);
        if (difference is not null)
        {
            return $"the file has {ShapeOf(own)}, but the network is {List(sizes)} ({difference}): give the attribute those sizes, or the network another file";
        }

        return own.FirstOrDefault(tensor => tensor.Type is not ("F64" or "F32" or "F16" or "BF16")) is { } odd
            ? $"'{odd.Name}' is read from F64, F32, F16 or BF16, but it is {odd.Type}: convert the file first"
            : null;
    }

    // As the runtime's NetworkTensor has them: activations count as modules of their own, so layer l is module 2 (l − 1).
    private static IEnumerable<(string Name, string Shape)> Expected(EquatableArray<int> sizes)
    {
        for (int layer = 1; layer < sizes.Count; layer++)
        {
            string module = Text(2 * (layer - 1));
            yield return ($"{module}.weight", $"[{Text(sizes[layer])}, {Text(sizes[layer - 1])}]");
            yield return ($"{module}.bias", $"[{Text(sizes[layer])}]");
        }
    }

    // The sizes as in the attribute where the weights follow from one another, else the tensors.
    private static string ShapeOf(WeightsTensor[] tensors)
    {
        const int Shown = 8;
        string[] sizes = [.. Chain(tensors)];
        return sizes.Length > 1 ? $"[{string.Join(", ", sizes)}]"
            : tensors.Length == 0 ? "no tensors"
            : "the tensors " + string.Join(", ", tensors.Take(Shown).Select(tensor => $"{tensor.Name} {tensor.Shape}")) + (tensors.Length > Shown ? ", ..." : "");
    }

    private static IEnumerable<string> Chain(WeightsTensor[] tensors)
    {
        string[][] weights =
        [
            .. tensors
                .Select(tensor => (Parts: tensor.Name.Split('.'), Lengths: tensor.Shape.Trim('[', ']').Split(',')))
                .Where(tensor => tensor.Parts.Length == 2 && tensor.Parts[1] == "weight" && tensor.Lengths.Length == 2 && IsModule(tensor.Parts[0]))
                .OrderBy(tensor => int.Parse(tensor.Parts[0], CultureInfo.InvariantCulture))
                .Select(tensor => tensor.Lengths.Select(length => length.Trim()).ToArray()),
        ];
        bool follow = 2 * weights.Length == tensors.Length && weights.Skip(1).Zip(weights, (next, before) => next[1] == before[0]).All(fits => fits);
        return follow && weights.Length > 0 ? weights.Select(shape => shape[0]).Prepend(weights[0][1]) : [];
    }

    private static bool IsModule(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string List(EquatableArray<int> sizes) => $"[{string.Join(", ", sizes.Select(Text))}]";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
