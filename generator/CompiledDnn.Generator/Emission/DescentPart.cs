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
        }
        else if (context.Plan is not null)
        {
            new Member($"private static void Descend({context.ParameterBlock} p, {context.ReadOnlySpan} x, Workspace state, {context.Number} learningRate)")
                .Body(DescentBody(context, context.Plan))
                .Write(context);
            foreach (LayerPlan layer in context.Plan.Layers.Reverse())
            {
                WriteDescent(context, layer);
            }
        }
    }

    // What Backward and Update do, but for DW and DB: the weights are updated from the registers that hold their gradient.
    private static IEnumerable<string> DescentBody(EmitContext context, NetworkPlan plan)
    {
        yield return "int m = state.BeginDescent(x.Length);";
        foreach (string line in LayersDown(context, plan, l => $"DescendLayer{l}(p, state, {InputOf(context, l)}, learningRate, m);"))
        {
            yield return line;
        }
    }

    /// <summary>The lines that go down the layers: what a layer passes down first, then its own weights.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="update">The call that updates the weights of a layer.</param>
    public static IEnumerable<string> LayersDown(EmitContext context, NetworkPlan plan, Func<int, string> update)
    {
        foreach (string line in ForwardPart.Pack(context, "state.PackedInput"))
        {
            yield return line;
        }

        foreach (LayerPlan layer in plan.Layers.Reverse())
        {
            int l = layer.Index;
            if (l > 1)
            {
                yield return $"BackwardLayer{l}(p, state, m);";
            }
            else
            {
                yield return "if (!state.DA0Block.IsEmpty)";
                yield return "{";
                yield return "    BackwardLayer1(p, state, m);";
                yield return "}";
                yield return "";
            }

            yield return update(l);
        }
    }

    /// <summary>What layer l reads, as code.</summary>
    public static string InputOf(EmitContext context, int l) => l == 1 ? ForwardPart.Input(context) : $"state.ABlock({l - 1})";

    private static void WriteDescent(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// W{l} = W{l} - learningRate DZ{l} {(l == 1 ? "X" : $"A{l - 1}")}ᵀ / m, b{l} = b{l} - learningRate Σ DZ{l} / m");
        writer.Arrow(
            $"private static void DescendLayer{l}({context.ParameterBlock} p, Workspace state, {context.ReadOnlySpan} x, {context.Number} learningRate, int m)",
            $"{EmitContext.Kernels}.DenseGradient.Descend{layer.Family}<{context.Number}, Layer{l}>(x, state.DZBlock({l}), p.W({l}), p.B({l}), learningRate, m)");
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

    private static IEnumerable<string> StepBody(EmitContext context, string name) =>
    [
        $"{EmitContext.Library}.BoundaryCheck.LearningRate(CompiledPlan.Shape, \"DescendStep\", learningRate);",
        "// Read once: another thread may publish others.",
        $"{context.ParameterBlock} p = _parameters;",
        "Forward(p, x, state);",
        $"{context.Number} cost = Cost({name}, state);",
        $"OutputGradient({name}, state);",
        "Descend(p, x, state, learningRate);",
        "return cost;",
    ];
}
