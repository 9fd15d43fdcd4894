using System.Collections.Generic;
using CompiledDnn.Generator.Model;

namespace CompiledDnn.Generator.Emission;

/// <summary>The loss with a view of the examples one by one: with weights of theirs, and each by itself.</summary>
internal static class ExamplesPart
{
    private const string Weights = "m numbers, finite and not negative. An example of weight zero counts nothing, whatever its target.";

    public static void Write(EmitContext context)
    {
        Write(context, labels: false);
        if (LossPart.TakesLabels(context))
        {
            Write(context, labels: true);
        }
    }

    private static void Write(EmitContext context, bool labels)
    {
        string target = labels ? "labels" : "y";
        string parameter = labels ? $"{EmitContext.Labels} labels" : $"{context.ReadOnlySpan} y";
        string text = labels ? LossPart.LabelsText(context) : $"m rows of {EmitContext.Numbers(context.TargetSize)}.";
        string wrong = labels ? "There are not m labels" : "y has another length";
        new Member($"public {context.Number} Cost({parameter}, {context.ReadOnlySpan} weights, Workspace state)")
            .Summary("The cost J = (1/m) Σ wᵢ lᵢ of the batch last forwarded, the loss of each example times its weight.")
            .Param(target, text)
            .Param("weights", Weights)
            .Param("state", "The workspace of that forward pass.")
            .Throws("InvalidOperationException", "Nothing was forwarded with the workspace yet.")
            .Throws("ArgumentException", $"{wrong}, there are not m weights, or one is out of range.")
            .Body(CostBody(context, labels))
            .Write(context);

        new Member($"public void ExampleCosts({parameter}, Workspace state, {context.Span} costs)")
            .Summary("The loss of each example of the batch last forwarded by itself.")
            .Param(target, text)
            .Param("state", "The workspace of that forward pass.")
            .Param("costs", "m numbers, whose mean is the cost J; overwritten.")
            .Throws("InvalidOperationException", "Nothing was forwarded with the workspace yet.")
            .Throws("ArgumentException", $"{wrong}, or there is not room for m costs.")
            .Body(ExampleCostsBody(context, labels))
            .Write(context);

        new Member($"public void OutputGradient({parameter}, {context.ReadOnlySpan} weights, Workspace state)")
            .Summary($"Writes DZ{context.Depth} of the batch last forwarded, the row of each example times its weight, without the 1/m.")
            .Param(target, text)
            .Param("weights", Weights)
            .Param("state", $"The workspace of that forward pass; its DZ{context.Depth} is overwritten.")
            .Throws("InvalidOperationException", "Nothing was forwarded since the last update.")
            .Throws("ArgumentException", $"{wrong}, there are not m weights, or one is out of range.")
            .Body(GradientBody(context, labels))
            .Write(context);
    }

    private static IEnumerable<string> CostBody(EmitContext context, bool labels)
    {
        if (context.IsBroken)
        {
            yield break;
        }

        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return $"int m = state.BeginCost({LossPart.Given(labels)}, weights);";
        yield return $"// J = (1/m) Σ w {LossPart.Equation(context)}";
        yield return $"return {EmitContext.Kernels}.WeightedCost.{LossPart.Kernel(context, labels)}, weights, {LossPart.Batch(context)});";
    }

    private static IEnumerable<string> ExampleCostsBody(EmitContext context, bool labels)
    {
        if (context.IsBroken)
        {
            yield break;
        }

        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return $"state.BeginExampleCosts({LossPart.Given(labels)}, costs.Length);";
        yield return $"// costs[i] = {LossPart.Equation(context)} of example i";
        yield return $"{EmitContext.Kernels}.ExampleCosts.{LossPart.Kernel(context, labels)}, costs);";
    }

    private static IEnumerable<string> GradientBody(EmitContext context, bool labels)
    {
        int last = context.Depth;
        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return $"int m = state.BeginOutputGradient({LossPart.Given(labels)}, weights);";
        yield return $"OutputGradientRows({(labels ? "labels" : "y")}, state, 0, m);";
        yield return $"// DZ{last} = w ∘ DZ{last}";
        yield return $"{EmitContext.Kernels}.LossGradient.Weigh<{context.Number}, {context.LastLayer}>(weights, state.DZBlock({last}), m);";
    }
}
