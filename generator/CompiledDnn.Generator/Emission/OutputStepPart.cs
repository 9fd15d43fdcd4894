using System.Collections.Generic;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>In a whole step, the last layer's outputs, losses and gradient made together.</summary>
internal static class OutputStepPart
{
    /// <summary>
    /// True if the network's steps are made so: but for small networks all, unless the loss has a form of its own for an activation of
    /// another kind, one over whole rows and one output by output.
    /// </summary>
    public static bool Applies(EmitContext context) =>
        context.Plan is not null
        && !SmallStepPart.Applies(context)
        && (!context.Spec.Loss!.IsFused || context.Spec.Loss.IsRow == context.Spec.Layers[context.Depth - 1].Activation.IsRow);

    /// <summary>True if they begin with the logits: forward propagation is then divided before the last layer.</summary>
    public static bool BeginsWithLogits(EmitContext context) => Applies(context) && context.Spec.Loss!.IsFused;

    /// <summary>The method that gives what the last layer reads.</summary>
    public const string BelowName = "RowsBelowOutput";

    /// <summary>The call that goes up through all layers and makes losses and gradient, for some examples.</summary>
    public static string Call(EmitContext context, bool labels) =>
        $"OutputStepRows(step.Parameters, step.X, step.{(labels ? "Labels" : "Y")}, state, first, count{InputHalvesPart.ShareArgument(context)});";

    /// <summary>The cost, once all examples' losses are there.</summary>
    public static string Cost(EmitContext context) =>
        $"{EmitContext.Kernels}.OutputStep.Cost<{context.Number}, {context.LastLayer}, {context.LossType}>(state.LossRows(0, m))";

    /// <summary>Writes the methods that <see cref="Call"/> calls.</summary>
    public static void Write(EmitContext context)
    {
        if (!Applies(context))
        {
            return;
        }

        Write(context, $"{context.ReadOnlySpan} y", labels: false);
        if (LossPart.TakesLabels(context))
        {
            Write(context, $"{EmitContext.Labels} labels", labels: true);
        }
    }

    private static void Write(EmitContext context, string target, bool labels) =>
        new Member(
                $"private static void OutputStepRows({context.ParameterBlock} p, {context.ReadOnlySpan} x, {target}, Workspace state, int first, int count{InputHalvesPart.Parameter(context)})")
            .Body(BeginsWithLogits(context) ? FromLogits(context, labels) : FromOutputs(context))
            .Write(context);

    private static IEnumerable<string> FromLogits(EmitContext context, bool labels)
    {
        LayerPlan layer = context.Plan!.Layers[context.Depth - 1];
        int last = layer.Index;
        string below = $"a{last - 1}", z = $"state.ZRows({last}, first, count)";
        yield return $"{context.ReadOnlySpan} {below} = {BelowName}(p, x, state, first, count{InputHalvesPart.Argument(context)});";
        yield return $"// Z{last} = W{last} {(last == 1 ? "X" : $"A{last - 1}")} + b{last}";
        yield return $"{EmitContext.Kernels}.DenseForward.{layer.Family}Logits<{context.Number}, {context.LastLayer}>({below}, p.W({last}), p.B({last}), {z}, count);";
        yield return $"// A{last} = {context.Function(last)}(Z{last}), {LossPart.Equation(context)} of each example, DZ{last}";
        string form = labels ? "Labels" : LossPart.Form(context.Spec.Loss!, labels: false);
        yield return $"{EmitContext.Kernels}.OutputStep.{form}<{context.Number}, {context.LastLayer}, {context.ActivationType(last)}, {context.LossType}>("
            + $"{z}, state.ARows({last}, first, count), {LossPart.TargetRows(context, labels)}, state.DZRows({last}, first, count), state.LossRows(first, count), count);";
    }

    private static IEnumerable<string> FromOutputs(EmitContext context)
    {
        int last = context.Depth;
        LossSpec loss = context.Spec.Loss!;
        yield return $"ForwardRows(p, x, state, first, count{InputHalvesPart.Argument(context)});";
        yield return $"// {LossPart.Equation(context)} of each example, DA{last} = ∂{loss.Name}/∂A{last}";
        yield return $"{EmitContext.Kernels}.OutputStep.{LossPart.Form(loss, labels: false)}<{context.Number}, {context.LastLayer}, {context.LossType}>("
            + $"state.ARows({last}, first, count), {LossPart.TargetRows(context, labels: false)}, state.DZRows({last}, first, count), state.LossRows(first, count), count);";
        foreach (string line in BackwardPart.ActivationGradient(context, last))
        {
            yield return line;
        }
    }
}
