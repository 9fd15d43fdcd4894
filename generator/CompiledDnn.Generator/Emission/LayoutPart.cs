using System.Collections.Generic;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>The plan as constants: the table for run time, and a struct a layer for the kernels.</summary>
internal static class LayoutPart
{
    public static void Write(EmitContext context)
    {
        if (context.Plan is null)
        {
            return;
        }

        WriteShape(context, context.Plan);
        foreach (LayerPlan layer in context.Plan.Layers)
        {
            WriteLayer(context, layer);
        }

        if (context.Spec.Loss!.Type.Arity == 2)
        {
            WriteLossOptions(context, context.Spec.Loss);
        }
    }

    private static void WriteShape(EmitContext context, NetworkPlan plan)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line("// In a class of its own, so that it is there for networks in static fields too, whatever the order of their initialisers.");
        writer.Block("private static class CompiledPlan", () =>
        {
            writer.Line($"internal static readonly {EmitContext.Library}.NetworkShape Shape = new(");
            writer.Indented($"""
                name: {EmitContext.Literal(context.Spec.Type.DisplayName)},
                targetSize: {context.TargetSize},
                task: {EmitContext.Library}.NetworkTask.{context.Spec.Loss!.Task},
                blockLength: {plan.BlockLength},
                packedInputStride: {plan.PackedInputStride},
                """);
            for (int i = 0; i < plan.Layers.Count; i++)
            {
                string end = i < plan.Layers.Count - 1 ? "," : OutputStepPart.Applies(context) ? ") { KeepsLosses = true };" : ");";
                writer.Indented(LayerInfo(plan.Layers[i], context.Spec.Layers[i]) + end);
            }
        });
    }

    private static string LayerInfo(LayerPlan layer, LayerSpec spec) => $$"""
        new {{EmitContext.Library}}.LayerInfo
        {
            Index = {{layer.Index}}, Inputs = {{layer.Inputs}}, Outputs = {{layer.Outputs}},
            Activation = {{EmitContext.Literal(spec.Activation.Name)}}, Initializer = {{EmitContext.Library}}.DefaultInitializer.{{spec.Activation.Initializer}},{{Form(spec.Activation)}}
            WeightOffset = {{layer.WeightOffset}}, WeightLength = {{layer.WeightLength}}, OutputStride = {{layer.OutputStride}}, InputStride = {{layer.InputStride}},
            BiasOffset = {{layer.BiasOffset}}, BiasLength = {{layer.BiasLength}}, RowStride = {{layer.RowStride}}, NeedsZ = {{(layer.NeedsZ ? "true" : "false")}},{{(spec.Dropout > 0 ? $" Dropout = {EmitContext.Text(spec.Dropout)}," : string.Empty)}}
        }
        """;

    // What a file says of the activation; a line of its own, if there is anything to say.
    private static string Form(ActivationSpec activation)
    {
        string onnx = activation.Onnx is null ? "" : $" Onnx = {EmitContext.Literal(activation.Onnx)},";
        string slope = activation.NegativeSlope is double s ? $" NegativeSlope = {EmitContext.Text(s)}," : "";
        string alpha = activation.Alpha is double a ? $" Alpha = {EmitContext.Text(a)}," : "";
        string all = onnx + slope + alpha;
        return all.Length == 0 ? "" : "\n   " + all;
    }

    private static void WriteLayer(EmitContext context, LayerPlan layer)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// Layer {layer.Index}: {Count(layer.Inputs, "input")}, {Count(layer.Outputs, "output")}. {Layout(layer, context.Plan!.ElementSize)}");
        writer.Block($"private readonly struct Layer{layer.Index} : {EmitContext.Kernels}.IPlacedLayer", () =>
        {
            foreach ((string type, string name, string value) in Constants(context, layer))
            {
                writer.Line($"public static {type} {name} => {value};");
            }
        });
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? string.Empty : "s")}";

    private static string Layout(LayerPlan layer, int elementSize)
    {
        if (layer.Family == KernelFamily.Lanes)
        {
            return $"W{layer.Index} has a row for each input, so that vector lanes run across outputs.";
        }

        string rows = $"W{layer.Index} has a row for each output, for dot products";
        bool isSpaced = layer.WeightStride - layer.Inputs >= NetworkPlanner.LineBytes / elementSize;
        return isSpaced ? $"{rows}; rows lie as far apart as spreads them over the L1 cache." : $"{rows}.";
    }

    private static IEnumerable<(string Type, string Name, string Value)> Constants(EmitContext context, LayerPlan layer)
    {
        yield return ("int", "Inputs", $"{layer.Inputs}");
        yield return ("int", "Outputs", $"{layer.Outputs}");
        yield return ("int", "WeightOffset", $"{layer.WeightOffset}");
        yield return ("int", "BiasOffset", $"{layer.BiasOffset}");
        yield return ("int", "WeightStride", $"{layer.WeightStride}");
        yield return ("int", "InputRowStride", $"{layer.InputRowStride}");
        yield return ("int", "InputGradientRowStride", $"{layer.InputGradientRowStride}");
        yield return ("int", "RowStride", $"{layer.RowStride}");
        if (SmallStepPart.Applies(context) && layer.Family == KernelFamily.Lanes)
        {
            yield return ("int", "FewestTransposed", "2");
        }

        if (layer.Index == 1 && InputHalvesPart.Applies(context))
        {
            yield return ("bool", "HalvesInputs", "true");
        }

        if (context.HasDropout(layer.Index))
        {
            yield return ("double", "DropoutRate", DropoutPart.Rate(context, layer.Index));
        }

        ActivationSpec activation = context.Spec.Layers[layer.Index - 1].Activation;
        if (activation.NegativeSlope is double slope)
        {
            yield return ("double", "NegativeSlope", EmitContext.Text(slope));
        }

        if (activation.Alpha is double alpha)
        {
            yield return ("double", "Alpha", EmitContext.Text(alpha));
        }
    }

    private static void WriteLossOptions(EmitContext context, LossSpec loss)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        if (loss.HuberDelta is not double delta)
        {
            writer.Line($"private readonly struct LossOptions : {EmitContext.Library}.ILossOptions;");
            return;
        }

        writer.Block(
            $"private readonly struct LossOptions : {EmitContext.Library}.ILossOptions",
            () => writer.Line($"public static double HuberDelta => {EmitContext.Text(delta)};"));
    }
}
