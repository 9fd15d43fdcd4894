using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Planning;
using CompiledDnn.Kernels;

namespace CompiledDnn.Generator.Emission;

/// <summary>The table of layers: in the remarks of the class, and as a constant at run time.</summary>
internal static class SummaryPart
{
    // 512, 256 and 128 bits.
    private static readonly int[] VectorBytes = [64, 32, 16];

    /// <summary>Writes the remarks above the class.</summary>
    public static void WriteRemarks(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line("/// <remarks>");
        if (context.IsBroken)
        {
            writer.Line($"/// {Escape(context.Spec.Failure!)}");
        }
        else
        {
            writer.Line("/// <code>");
            foreach (string line in Lines(context))
            {
                writer.Line($"/// {Escape(line)}");
            }

            writer.Line("/// </code>");
        }

        writer.Line("/// </remarks>");
    }

    /// <summary>The table and what it adds up to.</summary>
    public static IEnumerable<string> Lines(EmitContext context)
    {
        NetworkPlan plan = context.Plan!;
        string[][] rows = plan.Layers.Select(layer => Row(context, layer)).Prepend(
            ["layer", "shape", "parameters", "activation", "kernels", "tiles (512, 256, 128 bits)"]).ToArray();
        int[] widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (string[] row in rows)
        {
            yield return string.Join("  ", row.Select((cell, i) => i == 2 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
        }

        yield return $"{EmitContext.Grouped(plan.ParameterCount)} parameters ({Bytes(plan.ParameterCount * plan.ElementSize)}), " +
            $"{Operations(plan.PredictOperations)} to predict one example, {Operations(plan.TrainOperations)} to train on it.";
        yield return plan.ChainsOneExample ? "One example at a time: all layers in one method." : "One example at a time: as a batch of one.";
        if (plan.StepRows > 0)
        {
            yield return $"A step: tiles of up to {Number(plan.StepRows)} examples through all layers, up and down.";
        }

        if (InputHalvesPart.Applies(context))
        {
            yield return "A step on several threads: layer 1 adds up either half of its inputs apart, threads take one or the other.";
        }

        if (plan.HasDropout)
        {
            yield return DropoutPart.Summary(context);
        }

        yield return $"Loss: {context.Spec.Loss!.Name}{(context.Spec.Loss.IsFused ? ", from the logits" : string.Empty)}.";
    }

    private static string[] Row(EmitContext context, LayerPlan layer) =>
    [
        Number(layer.Index),
        $"{Number(layer.Inputs)} → {Number(layer.Outputs)}",
        EmitContext.Grouped(layer.Parameters),
        context.Spec.Layers[layer.Index - 1].Activation.Name,
        layer.Family == KernelFamily.Dot ? $"dot ({layer.Reason})" : "lanes across outputs",
        string.Join(", ", VectorBytes.Select(bytes => Tile(layer, bytes, context.Plan!.ElementSize))),
    ];

    // Examples by vectors of outputs where lanes run across outputs, half a vector where two examples share one; examples by outputs for dot products.
    private static string Tile(LayerPlan layer, int vectorBytes, int elementSize)
    {
        int registers = TileShape.Registers(vectorBytes);
        if (layer.Family == KernelFamily.Dot)
        {
            return $"{Number(TileShape.DotRows(registers))}×{Number(System.Math.Min(layer.Outputs, TileShape.DotColumns(registers)))}";
        }

        int lanes = vectorBytes / elementSize;
        int vectors = TileShape.BroadcastVectors(layer.Outputs, lanes, registers);
        int all = (layer.Outputs + lanes - 1) / lanes;
        if (TileShape.HasPairs(layer.Outputs, lanes, vectorBytes))
        {
            return $"2×{Number(System.Math.Min(all, TileShape.FewVectors(2, registers)))}";
        }

        if (TileShape.HasHalfTail(layer.Outputs, lanes, vectorBytes) && all <= System.Math.Max(vectors, 3))
        {
            return $"{Number(TileShape.HalfTailRows(all, registers))}×{Number(all - 1)}.5";
        }

        return $"{Number(TileShape.BroadcastRows(vectors, registers))}×{Number(vectors)}";
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        < 1000 => $"{EmitContext.Grouped(bytes)} B",
        < 10_000_000 => $"{EmitContext.Grouped((bytes + 500) / 1000)} kB",
        _ => $"{EmitContext.Grouped((bytes + 500_000) / 1_000_000)} MB",
    };

    private static string Operations(long count) => count switch
    {
        < 10_000 => $"{EmitContext.Grouped(count)} FLOP",
        < 10_000_000 => $"{EmitContext.Grouped((count + 500) / 1000)} kFLOP",
        _ => $"{EmitContext.Grouped((count + 500_000) / 1_000_000)} MFLOP",
    };

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
