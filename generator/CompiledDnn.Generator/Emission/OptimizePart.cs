using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>A whole step in one call with an optimiser, which is given each piece of the gradient as soon as it is there.</summary>
internal static class OptimizePart
{
    public static void Write(EmitContext context)
    {
        Step(context, $"{context.ReadOnlySpan} y", "y")
            .Param("y", $"m rows of {EmitContext.Numbers(context.TargetSize)}.")
            .Write(context);
        if (LossPart.TakesLabels(context))
        {
            Step(context, $"{EmitContext.Labels} labels", "labels")
                .Param("labels", LossPart.LabelsText(context))
                .Write(context);
        }

        if (SmallStepPart.Applies(context))
        {
            SmallStepPart.WriteGradient(context, context.Plan!);
            return;
        }

        if (context.Plan is null)
        {
            return;
        }

        SharePart.Write(
            context,
            "OptimizationShare",
            "The gradient of some of the weights of every layer, piece by piece to the update.",
            DescentPart.LayersDown(context, context.Plan, l => $"OptimizeLayer{l}(step.Parameters, state, {BackwardPart.InputOf(context, l)}, step.Update!, step.M, share);"));
        foreach (LayerPlan layer in context.Plan.Layers.Reverse())
        {
            WriteLayer(context, layer);
        }
    }

    private static void WriteLayer(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        string before = l == 1 ? "X" : $"A{l - 1}";
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// DW{l} = DZ{l} {before}ᵀ / m, DB{l} = Σ DZ{l} / m, piece by piece to the update");
        writer.Arrow(
            $"private static void OptimizeLayer{l}({context.ParameterBlock} p, Workspace state, {context.ReadOnlySpan} x, {context.Update} update, int m, {EmitContext.Kernels}.Share share)",
            $"{EmitContext.Kernels}.DenseGradient.Update{layer.Family}<{context.Number}, Layer{l}>(x, state.DZBlock({l}), p.Span, state.Gradients, "
            + $"{layer.WeightOffset}, {layer.BiasOffset}, update, m, share)");
    }

    private static Member Step(EmitContext context, string target, string name) =>
        new Member($"public {context.Number} TrainStep({context.ReadOnlySpan} x, {target}, Workspace state, {context.Update} update)")
            .Summary(
                "Forward, cost and backward in one call, "
                + (SmallStepPart.Applies(context)
                    ? "the gradient then handed to an update."
                    : "each piece of the gradient handed to an update as soon as it is there."))
            .Param("x", $"m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("state", SmallStepPart.State(context))
            .Param("update", "What changes the weights: an optimiser's state, or one of your own.")
            .Returns("The cost J before the update. If it is not finite, the weights are left as they are.")
            .Throws("ArgumentException", "A length is wrong.")
            .Body(SmallStepPart.Applies(context) ? SmallStepPart.TrainStep(context, name) : StepBody(context, name));

    private static IEnumerable<string> StepBody(EmitContext context, string target)
    {
        if (context.IsBroken)
        {
            yield break;
        }

        yield return "global::System.ArgumentNullException.ThrowIfNull(update);";
        foreach (string line in DescentPart.Propagate(context, "TrainStep", target, "Update = update"))
        {
            yield return line;
        }

        yield return $"if ({context.Number}.IsFinite(cost))";
        yield return "{";
        yield return "    update.Begin(step.Parameters.Span.Length);";
        yield return $"    {SharePart.Run(context, "OptimizationShare")}";
        yield return "}";
        yield return "";
        yield return "return cost;";
    }
}
