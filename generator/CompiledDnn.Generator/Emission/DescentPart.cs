using System;
using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>A whole step in one call, which updates the weights from the registers that hold their gradient.</summary>
internal static class DescentPart
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
            SmallStepPart.WriteDescend(context, context.Plan!);
            return;
        }

        if (context.Plan is null)
        {
            return;
        }

        OutputStepPart.Write(context);
        SharePart.OfExamples(context, "PropagationShare", "Some of the examples go up through all layers and down again.", PropagationBody(context));
        SharePart.Write(
            context,
            "DescentShare",
            "Some of the weights of every layer descend, from the registers that hold their gradient.",
            LayersDown(context, context.Plan, l => $"DescendLayer{l}(step.Parameters, state, {BackwardPart.InputOf(context, l)}, step.LearningRate, step.M, share);"));
        foreach (LayerPlan layer in context.Plan.Layers.Reverse())
        {
            WriteDescent(context, layer);
        }
    }

    /// <summary>The lines that do something with some of the weights of each layer.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="update">The call that updates the weights of a layer.</param>
    public static IEnumerable<string> LayersDown(EmitContext context, NetworkPlan plan, Func<int, string> update) =>
        ["Workspace state = (Workspace)step.State;", .. plan.Layers.Reverse().Select(layer => update(layer.Index))];

    /// <summary>The lines that begin a whole step: its checks, and forward, output gradient and backward of all examples.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="method">The method that does the step.</param>
    /// <param name="target">The parameter with the targets: y or labels.</param>
    /// <param name="more">What the step is given beside its inputs and targets, as a property initialiser.</param>
    public static IEnumerable<string> Propagate(EmitContext context, string method, string target, string more)
    {
        bool labels = target == "labels";
        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return $"int m = state.BeginStep(\"{method}\", x.Length, {(labels ? target : $"{target}.Length")});";
        if (context.Plan!.HasDropout)
        {
            yield return DropoutPart.Begin("true");
        }

        foreach (string line in SharePart.Begin(context, $"{(labels ? "Labels" : "Y")} = {target}, {more}", context.Plan.TrainOperations, trains: true))
        {
            yield return line;
        }

        foreach (string line in InputHalvesPart.Run(context))
        {
            yield return line;
        }

        yield return SharePart.Run(context, "PropagationShare");
        string cost = OutputStepPart.Applies(context) ? OutputStepPart.Cost(context) : $"Cost({target}, state)";
        yield return $"{context.Number} cost = {cost};";
    }

    private static IEnumerable<string> PropagationBody(EmitContext context)
    {
        bool together = OutputStepPart.Applies(context);
        yield return "Workspace state = (Workspace)step.State;";
        if (!together)
        {
            yield return $"ForwardRows(step.Parameters, step.X, state, first, count{InputHalvesPart.ShareArgument(context)});";
        }

        string Output(bool labels) =>
            together ? OutputStepPart.Call(context, labels) : $"OutputGradientRows(step.{(labels ? "Labels" : "Y")}, state, first, count);";
        if (LossPart.TakesLabels(context))
        {
            yield return "if (step.Labels.IsEmpty)";
            yield return "{";
            yield return $"    {Output(labels: false)}";
            yield return "}";
            yield return "else";
            yield return "{";
            yield return $"    {Output(labels: true)}";
            yield return "}";
            yield return "";
        }
        else
        {
            yield return Output(labels: false);
        }

        yield return "BackwardRows(step.Parameters, state, first, count);";
    }

    private static void WriteDescent(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// W{l} = W{l} - learningRate DZ{l} {(l == 1 ? "X" : $"A{l - 1}")}ᵀ / m, b{l} = b{l} - learningRate Σ DZ{l} / m");
        writer.Arrow(
            $"private static void DescendLayer{l}({context.ParameterBlock} p, Workspace state, {context.ReadOnlySpan} x, {context.Number} learningRate, int m, {EmitContext.Kernels}.Share share)",
            $"{EmitContext.Kernels}.DenseGradient.Descend{layer.Family}<{context.Number}, Layer{l}>(x, state.DZBlock({l}), p.W({l}), p.B({l}), learningRate, m, share)");
    }

    private static Member Step(EmitContext context, string target, string name) =>
        new Member($"public {context.Number} DescendStep({context.ReadOnlySpan} x, {target}, Workspace state, {context.Number} learningRate)")
            .Summary("Forward, cost, backward and update in one call. The weights are updated as the gradient is made: DW and DB are not kept.")
            .Param("x", $"m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("state", SmallStepPart.State(context))
            .Param("learningRate", "The learning rate, finite and not negative.")
            .Returns("The cost J before the update.")
            .Throws("ArgumentException", "A length is wrong, or the learning rate.")
            .Body(SmallStepPart.Applies(context) ? SmallStepPart.DescendStep(context, name) : StepBody(context, name));

    private static IEnumerable<string> StepBody(EmitContext context, string target)
    {
        if (context.IsBroken)
        {
            yield break;
        }

        yield return $"{EmitContext.Library}.BoundaryCheck.LearningRate(CompiledPlan.Shape, \"DescendStep\", learningRate);";
        foreach (string line in Propagate(context, "DescendStep", target, "LearningRate = learningRate"))
        {
            yield return line;
        }

        yield return SharePart.Run(context, "DescentShare");
        yield return "return cost;";
    }
}
