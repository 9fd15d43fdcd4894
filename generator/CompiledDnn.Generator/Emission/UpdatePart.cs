namespace CompiledDnn.Generator.Emission;

/// <summary>Gradient descent from the gradients of the last backward pass.</summary>
internal static class UpdatePart
{
    public static void Write(EmitContext context)
    {
        new Member($"public void Update(Workspace state, {context.Number} learningRate)")
            .Summary("Gradient descent: W −= learningRate · DW, b −= learningRate · DB.")
            .Param("state", "The workspace of the last backward pass.")
            .Param("learningRate", "The learning rate, finite and not negative.")
            .Throws("ArgumentOutOfRangeException", "The learning rate is negative, infinite or not a number.")
            .Throws("InvalidOperationException", "The last step of the workspace was not a backward pass.")
            .Body("Update(_parameters, state, learningRate)")
            .Write(context);

        if (!context.IsBroken)
        {
            new Member($"private static void Update({context.ParameterBlock} p, Workspace state, {context.Number} learningRate)")
                .Body(
                    "global::System.ArgumentNullException.ThrowIfNull(state);",
                    "state.BeginUpdate(learningRate);",
                    "// W = W − learningRate DW, b = b − learningRate DB, over the whole block",
                    $"{EmitContext.Kernels}.ParameterUpdate.Descend<{context.Number}>(p.Span, state.Gradients, learningRate);")
                .Write(context);
        }
    }
}
