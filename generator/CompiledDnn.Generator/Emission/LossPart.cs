using System.Collections.Generic;
using CompiledDnn.Generator.Model;

namespace CompiledDnn.Generator.Emission;

/// <summary>The cost, and the gradient that the backward pass begins with; from rows, and from labels where the loss takes them.</summary>
internal static class LossPart
{
    public static void Write(EmitContext context)
    {
        Cost(context, $"{context.ReadOnlySpan} y")
            .Param("y", $"m rows of {EmitContext.Numbers(context.TargetSize)}.")
            .Throws("InvalidOperationException", "Nothing was forwarded with the workspace yet.")
            .Throws("ArgumentException", "y has another length.")
            .Body(CostBody(context, labels: false))
            .Write(context);
        if (TakesLabels(context))
        {
            Cost(context, $"{EmitContext.Labels} labels")
                .Param("labels", LabelsText(context))
                .Throws("InvalidOperationException", "Nothing was forwarded with the workspace yet.")
                .Throws("ArgumentException", "There are not m labels, or one is out of range.")
                .Body(CostBody(context, labels: true))
                .Write(context);
        }

        Gradient(context, $"{context.ReadOnlySpan} y")
            .Param("y", $"m rows of {EmitContext.Numbers(context.TargetSize)}.")
            .Throws("InvalidOperationException", "Nothing was forwarded since the last update.")
            .Throws("ArgumentException", "y has another length.")
            .Body(GradientBody(context, labels: false))
            .Write(context);
        if (TakesLabels(context))
        {
            Gradient(context, $"{EmitContext.Labels} labels")
                .Param("labels", LabelsText(context))
                .Throws("InvalidOperationException", "Nothing was forwarded since the last update.")
                .Throws("ArgumentException", "There are not m labels, or one is out of range.")
                .Body(GradientBody(context, labels: true))
                .Write(context);
        }

        if (!context.IsBroken)
        {
            WriteRows(context, $"{context.ReadOnlySpan} y", labels: false);
            if (TakesLabels(context))
            {
                WriteRows(context, $"{EmitContext.Labels} labels", labels: true);
            }
        }
    }

    private static void WriteRows(EmitContext context, string target, bool labels) =>
        new Member($"private static void OutputGradientRows({target}, Workspace state, int first, int count)")
            .Body(RowsBody(context, labels))
            .Write(context);

    /// <summary>True if the methods that take labels are emitted: also where it is not known what the loss is.</summary>
    public static bool TakesLabels(EmitContext context) => context.IsBroken || context.Spec.Loss!.TakesLabels;

    /// <summary>What the parameter labels takes, in words.</summary>
    public static string LabelsText(EmitContext context) =>
        context.IsBroken ? "m classes, counted from 0." : $"m classes, 0 to {context.OutputSize - 1}.";

    private static Member Cost(EmitContext context, string target) =>
        new Member($"public {context.Number} Cost({target}, Workspace state)")
            .Summary("The cost J of the batch last forwarded.")
            .Param("state", "The workspace of that forward pass.");

    private static Member Gradient(EmitContext context, string target) =>
        new Member($"public void OutputGradient({target}, Workspace state)")
            .Summary($"Writes DZ{context.Depth} of the batch last forwarded, without the 1/m.")
            .Param("state", $"The workspace of that forward pass; its DZ{context.Depth} is overwritten.");

    private static IEnumerable<string> CostBody(EmitContext context, bool labels)
    {
        if (context.IsBroken)
        {
            yield break;
        }

        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return $"int m = state.BeginCost({Given(labels)});";
        yield return $"// J = mean over the batch of {Equation(context)}";
        yield return $"return {EmitContext.Kernels}.LossCost.{Kernel(context, labels)}, {Batch(context)});";
    }

    /// <summary>
    /// What tells a kernel of the cost the batch: its size, or where the losses of its examples go, whose sum is to the bit that of a step.
    /// Losses over whole rows are added up example by example anyhow.
    /// </summary>
    public static string Batch(EmitContext context) => OutputStepPart.Applies(context) && !context.Spec.Loss!.IsRow ? "state.LossRows(0, m)" : "m";

    /// <summary>What a check of the targets is given.</summary>
    public static string Given(bool labels) => labels ? "labels" : "y.Length";

    /// <summary>The loss of an example as in an equation.</summary>
    public static string Equation(EmitContext context)
    {
        LossSpec loss = context.Spec.Loss!;
        return $"{loss.Name}({(loss.IsFused ? "Z" : "A")}{context.Depth}, Y)";
    }

    /// <summary>The call of a kernel that takes the outputs of the whole batch, up to its targets.</summary>
    public static string Kernel(EmitContext context, bool labels)
    {
        LossSpec loss = context.Spec.Loss!;
        int last = context.Depth;
        string types = loss.IsFused ? $"{context.ActivationType(last)}, {context.LossType}" : context.LossType;
        return $"{Form(loss, labels)}<{context.Number}, {context.LastLayer}, {types}>"
            + $"(state.{(loss.IsFused ? "Z" : "A")}Block({last}), {(labels ? "labels" : "y")}";
    }

    private static IEnumerable<string> GradientBody(EmitContext context, bool labels)
    {
        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return $"int m = state.BeginOutputGradient({Given(labels)});";
        yield return $"OutputGradientRows({(labels ? "labels" : "y")}, state, 0, m);";
    }

    private static IEnumerable<string> RowsBody(EmitContext context, bool labels)
    {
        LossSpec loss = context.Spec.Loss!;
        int last = context.Depth;
        string target = TargetRows(context, labels);
        string kernel = $"{EmitContext.Kernels}.LossGradient.{Form(loss, labels)}<{context.Number}, {context.LastLayer}, ";
        string a = $"state.ARows({last}, first, count)", dz = $"state.DZRows({last}, first, count)";
        if (loss.IsFused)
        {
            yield return $"// DZ{last} = ∂{loss.Name}/∂Z{last}, from the logits";
            yield return $"{kernel}{context.ActivationType(last)}, {context.LossType}>(state.ZRows({last}, first, count), {a}, {target}, {dz}, count);";
            yield break;
        }

        yield return $"// DA{last} = ∂{loss.Name}/∂A{last}";
        yield return $"{kernel}{context.LossType}>({a}, {target}, {dz}, count);";
        foreach (string line in BackwardPart.ActivationGradient(context, last))
        {
            yield return line;
        }
    }

    /// <summary>The targets of some examples.</summary>
    public static string TargetRows(EmitContext context, bool labels)
    {
        string size = context.TargetSize == 1 ? string.Empty : $" * {context.TargetSize}";
        return labels ? "labels.Slice(first, count)" : $"y.Slice(first{size}, count{size})";
    }

    /// <summary>The kind of a loss, as in the names of its kernels.</summary>
    public static string Form(LossSpec loss, bool labels) =>
        labels ? "FusedLabels" : $"{(loss.IsFused ? "Fused" : string.Empty)}{(loss.IsRow ? "Row" : "Elementwise")}";
}
