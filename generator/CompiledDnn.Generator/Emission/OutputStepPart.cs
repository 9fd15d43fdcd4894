using System.Collections.Generic;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>In a whole step from labels, the last layer's outputs, losses and gradient made together.</summary>
internal static class OutputStepPart
{
    /// <summary>True if the network's steps from labels are made so.</summary>
    public static bool Applies(EmitContext context) =>
        context.Plan is not null
        && !SmallStepPart.Applies(context)
        && LossPart.TakesLabels(context)
        && context.Spec.Layers[context.Depth - 1].Activation.IsRow
        && context.Spec.Loss!.Task == "Classification";

    /// <summary>The method that gives what the last layer reads.</summary>
    public const string BelowName = "RowsBelowOutput";

    /// <summary>The call that does the last layer's part of a step, for some examples.</summary>
    public static string Call(EmitContext context) =>
        $"OutputStepRows(step.Parameters, step.X, step.Labels.Slice(first, count), state, first, count{InputHalvesPart.ShareArgument(context)});";

    /// <summary>The cost, once all examples' losses are there.</summary>
    public static string Cost(EmitContext context) =>
        $"{EmitContext.Kernels}.OutputStep.Cost<{context.Number}, {context.LastLayer}, {context.LossType}>(state.LossRows(0, m))";

    /// <summary>Writes the method that <see cref="Call(EmitContext)"/> calls.</summary>
    public static void Write(EmitContext context)
    {
        if (Applies(context))
        {
            new Member(
                    $"private static void OutputStepRows({context.ParameterBlock} p, {context.ReadOnlySpan} x, {EmitContext.Labels} labels, Workspace state, int first, int count{InputHalvesPart.Parameter(context)})")
                .Body(Body(context, context.Plan!.Layers[context.Depth - 1]))
                .Write(context);
        }
    }

    private static IEnumerable<string> Body(EmitContext context, LayerPlan layer)
    {
        int last = layer.Index;
        string below = $"a{last - 1}", z = $"state.ZRows({last}, first, count)";
        yield return $"{context.ReadOnlySpan} {below} = {BelowName}(p, x, state, first, count{InputHalvesPart.Argument(context)});";
        yield return $"// Z{last} = W{last} {(last == 1 ? "X" : $"A{last - 1}")} + b{last}";
        yield return $"{EmitContext.Kernels}.DenseForward.{layer.Family}Logits<{context.Number}, {context.LastLayer}>({below}, p.W({last}), p.B({last}), {z}, count);";
        yield return $"// A{last} = {context.Function(last)}(Z{last}), {LossPart.Equation(context)} of each example, DZ{last}";
        yield return $"{EmitContext.Kernels}.OutputStep.Labels<{context.Number}, {context.LastLayer}, {context.ActivationType(last)}, {context.LossType}>("
            + $"{z}, state.ARows({last}, first, count), labels, state.DZRows({last}, first, count), state.LossRows(first, count), count);";
    }
}
