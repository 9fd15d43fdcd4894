namespace CompiledDnn.Generator.Emission;

/// <summary>The constructor, and the workspaces that the class makes.</summary>
internal static class ConstructionPart
{
    public static void Write(EmitContext context)
    {
        if (!context.IsBroken)
        {
            context.Writer.Line();
            context.Writer.Line($"private {context.ParameterBlock} _parameters = new(CompiledPlan.Shape);");
            context.Writer.Line("private int _maxDegreeOfParallelism = -1;");
        }

        new Member($"public {context.Spec.Type.Name}(int seed = 0, {EmitContext.Library}.Initializer? initializer = null)")
            .Summary("A network with fresh weights.")
            .Param("seed", "The same seed gives the same weights on every machine.")
            .Param("initializer", "How they are drawn; null for what fits each layer's activation.")
            .Body($"(initializer ?? {EmitContext.Library}.Initializer.Default).Initialize(_parameters, seed)")
            .Write(context);

        new Member($"public Workspace CreateWorkspace(int batchSize, {EmitContext.Library}.WorkspaceOptions options = {EmitContext.Library}.WorkspaceOptions.None)")
            .Summary("Memory for a batch: activations, gradients and the step last done. It belongs to one thread at a time.")
            .Param("batchSize", "The most examples that it will be used with, at least 1.")
            .Param("options", "What else it keeps.")
            .Throws("ArgumentOutOfRangeException", "The batch size is less than 1, or too large for one block of memory.")
            .Body("new Workspace(batchSize, options)")
            .Write(context);
    }
}
