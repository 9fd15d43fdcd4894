namespace CompiledDnn.Generator.Emission;

/// <summary>The nested workspace class: every matrix of the notebook by its name.</summary>
internal static class WorkspacePart
{
    public static void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"/// <summary>Memory for a batch of <see cref=\"{context.Spec.Type.Name}\"/>: what Forward leaves for Backward, and the gradients.</summary>");
        writer.Block($"public sealed class Workspace : {context.BaseWorkspace}", () =>
        {
            WriteConstructor(context);
            foreach (int l in context.LayersUp)
            {
                WriteViews(context, l);
            }

            View(context, context.ReadOnlyTensorSpan, "DA0", "DA0View()", $"The gradient with respect to x, [m, {context.InputSize}], without the 1/m; needs WorkspaceOptions.InputGradient.");
        });
    }

    private static void WriteViews(EmitContext context, int l)
    {
        string outputs = context.IsBroken ? "outputs" : $"{context.Spec.Layers[l - 1].Outputs}";
        string inputs = context.IsBroken ? "inputs" : $"{context.Spec.Layers[l - 1].Inputs}";
        string kept = context.Plan?.Layers[l - 1].NeedsZ == true ? string.Empty : "; needs WorkspaceOptions.KeepZ";
        View(context, context.ReadOnlyTensorSpan, $"Z{l}", $"ZView({l})", $"Z of layer {l}, [m, {outputs}]{kept}.");
        View(context, context.ReadOnlyTensorSpan, $"A{l}", $"AView({l})", $"A of layer {l}, [m, {outputs}].");
        View(context, context.TensorSpan, $"DZ{l}", $"DZView({l})", $"The gradient with respect to Z{l}, [m, {outputs}], without the 1/m.");
        View(context, context.TensorSpan, $"DW{l}", $"DWView({l})", $"The gradient with respect to W{l}, [{outputs}, {inputs}].");
        View(context, context.TensorSpan, $"DB{l}", $"DBView({l})", $"The gradient with respect to b{l}, [{outputs}].");
    }

    private static void WriteConstructor(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line($"internal Workspace(int batchSize, {EmitContext.Library}.WorkspaceOptions options)");

        // A throw expression is no argument by itself, but may stand behind a null.
        string shape = context.IsBroken ? $"({EmitContext.Library}.NetworkShape?)null ?? {EmitContext.ThrowFailure}" : "CompiledPlan.Shape";
        writer.Indented($": base({shape}, batchSize, options)");
        writer.Line("{");
        writer.Line("}");
    }

    private static void View(EmitContext context, string type, string name, string body, string summary) =>
        new Member($"public {type} {name}").Summary(summary).Body(body).Write(context);
}
