using System.Globalization;
using System.Text;

namespace CompiledDnn;

/// <summary>What goes on in a network over a data set, in numbers and in plain sentences.</summary>
/// <param name="Network">The network's name and sizes.</param>
/// <param name="Examples">How many examples it saw.</param>
/// <param name="Cost">J over all of them.</param>
/// <param name="Layers">Each layer, layer 1 first.</param>
/// <param name="Findings">What is wrong, a sentence or two each, what the user sees before its causes; empty if nothing stands out.</param>
public sealed record NetworkDiagnosis(
    string Network, int Examples, double Cost, IReadOnlyList<LayerStatistics> Layers, IReadOnlyList<string> Findings)
{
    /// <summary>A table of the layers, then the findings.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Network}, {Examples} examples, cost {Cost:0.0000}\n");
        text.Append("layer  activation  units   dead  saturated   mean A  deviation  variation        DZ  of the last        DW    gain\n");
        foreach (LayerStatistics layer in Layers)
        {
            string saturated = layer.SaturatedShare is { } share ? share.ToString("0%", CultureInfo.InvariantCulture) : "-";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{layer.Layer,5}  {layer.Activation,-10}  {layer.Units,5}  {layer.DeadUnits.Count,5}  {saturated,9}  {layer.Mean,7:0.0e+0}  {layer.Deviation,9:0.0e+0}  {layer.Variation,9:0.0e+0}  {layer.GradientSize,8:0.0e+0}  {layer.GradientRatio,11:0.0e+0}  {layer.WeightGradientSize,8:0.0e+0}  {layer.Gain,6:0.000}\n");
        }

        if (Findings.Count == 0)
        {
            text.Append("Nothing stands out.\n");
        }

        foreach (string finding in Findings)
        {
            text.Append(finding).Append('\n');
        }

        return text.ToString();
    }
}
