using System.Globalization;

namespace CompiledDnn;

/// <summary>What the statistics of layers mean, in plain sentences.</summary>
internal static class Findings
{
    // Gradients of a layer that are so many times smaller or larger than the last layer's.
    private const double Vanished = 1e-3;
    private const double Exploded = 1e3;

    // What is left, before the last layer, of the differences between examples.
    private const double Faded = 1e-2;

    // Of a layer whose weights let next to nothing through.
    private const double SmallGain = 0.25;
    private const double MostlySaturated = 0.5;
    private const int MostNamed = 10;

    /// <summary>The findings: what the user sees first, then what may cause it.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<LayerStatistics> layers, OutputSpread outputs, int examples)
    {
        var findings = new List<string>();
        foreach (LayerStatistics layer in layers.Where(layer => layer.NotFinite > 0))
        {
            findings.Add(Text($"Layer {layer.Layer}: {layer.NotFinite} numbers of A{layer.Layer} are infinite or not a number. Look at the inputs and weights, and try a smaller learning rate."));
        }

        if (findings.Count > 0)
        {
            return findings;
        }

        if (examples > 1 && outputs.IsSame)
        {
            string values = string.Join(", ", outputs.Means.Take(MostNamed).Select(mean => Text($"{mean:0.####}")));
            findings.Add($"Every example gets the same output ({values}{(outputs.Means.Length > MostNamed ? ", ..." : string.Empty)}): the inputs make no difference.");
        }

        foreach (LayerStatistics layer in layers)
        {
            AddUnits(findings, layer, isLast: layer.Layer == layers.Count);
        }

        AddSignals(findings, layers);
        AddGradients(findings, layers);
        return findings;
    }

    private static void AddUnits(List<string> findings, LayerStatistics layer, bool isLast)
    {
        int dead = layer.DeadUnits.Count;
        if (dead > 0)
        {
            string units = string.Join(", ", layer.DeadUnits.Take(MostNamed)) + (dead > MostNamed ? Text($" and {dead - MostNamed} more") : string.Empty);
            string which = dead == layer.Units ? "all" : Text($"{dead} of {layer.Units}");
            findings.Add(Text(
                $"Layer {layer.Layer}: {which} units are dead, giving 0 for every example and learning nothing: {units}. A smaller learning rate keeps units alive; LeakyReLU has no dead ones."));
        }

        if (!isLast && layer.SaturatedShare > MostlySaturated)
        {
            findings.Add(Text(
                $"Layer {layer.Layer}: {layer.SaturatedShare:0%} of its outputs are saturated, where {layer.Activation} hardly has a gradient. Smaller weights or scaled inputs keep it in its middle."));
        }
    }

    private static void AddSignals(List<string> findings, IReadOnlyList<LayerStatistics> layers)
    {
        LayerStatistics first = layers[0];
        LayerStatistics? faded = layers.Take(layers.Count - 1).Skip(1).LastOrDefault(layer => layer.Variation > 0 && layer.Variation < Faded * first.Variation);
        if (faded is null)
        {
            return;
        }

        string sentence = Text(
            $"Signals vanish on the way up: what examples differ by falls from {first.Variation:0.0e+0} in A1 to {faded.Variation:0.0e+0} in A{faded.Layer}.");
        LayerStatistics[] small = [.. layers.Where(layer => layer.Gain < SmallGain)];
        if (small.Length > 0)
        {
            string gains = string.Join(", ", small.Select(layer => Text($"{layer.Gain:0.000} in layer {layer.Layer}")));
            sentence += $" The weights are too small for so many layers: their root mean square times the root of the inputs is {gains}, where about 1.4 keeps signals their size behind ReLU. Begin anew with Initializer.Default.";
        }

        findings.Add(sentence);
    }

    private static void AddGradients(List<string> findings, IReadOnlyList<LayerStatistics> layers)
    {
        LayerStatistics last = layers[^1];
        LayerStatistics[] vanished = [.. layers.Where(layer => layer.GradientRatio < Vanished)];
        if (vanished.Length > 0)
        {
            string ratios = string.Join(", ", vanished.Select(layer => Text($"{layer.GradientRatio:0.0e+0} in DZ{layer.Layer}")));
            findings.Add(Text($"Gradients vanish on the way down: as shares of DZ{last.Layer} they are {ratios}, so those layers hardly learn."));
        }

        LayerStatistics[] exploded = [.. layers.Where(layer => layer.GradientRatio > Exploded)];
        if (exploded.Length > 0)
        {
            string ratios = string.Join(", ", exploded.Select(layer => Text($"{layer.GradientRatio:0.0e+0} in DZ{layer.Layer}")));
            findings.Add(Text($"Gradients explode on the way down: as multiples of DZ{last.Layer} they are {ratios}. Smaller weights or clipped gradients keep steps in bounds."));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
