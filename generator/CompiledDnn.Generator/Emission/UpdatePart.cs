namespace CompiledDnn.Generator.Emission;

/// <summary>Gradient descent, and a whole step in one call.</summary>
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

        Step(context, $"{context.ReadOnlySpan} y", "y")
            .Param("y", $"m rows of {EmitContext.Numbers(context.TargetSize)}.")
            .Write(context);
        if (LossPart.TakesLabels(context))
        {
            Step(context, $"{EmitContext.Labels} labels", "labels")
                .Param("labels", LossPart.LabelsText(context))
                .Write(context);
        }
    }

    private static Member Step(EmitContext context, string target, string name) =>
        new Member($"public {context.Number} DescendStep({context.ReadOnlySpan} x, {target}, Workspace state, {context.Number} learningRate)")
            .Summary("Forward, cost, backward and update in one call.")
            .Param("x", $"m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("state", "A workspace of this network for at least m examples; overwritten.")
            .Param("learningRate", "The learning rate, finite and not negative.")
            .Returns("The cost J before the update.")
            .Throws("ArgumentException", "A length is wrong, or the learning rate.")
            .Body(
                $"{EmitContext.Library}.BoundaryCheck.LearningRate(CompiledPlan.Shape, \"DescendStep\", learningRate);",
                "// Read once: another thread may publish others.",
                $"{context.ParameterBlock} p = _parameters;",
                "Forward(p, x, state);",
                $"{context.Number} cost = Cost({name}, state);",
                $"OutputGradient({name}, state);",
                "Backward(p, x, state);",
                "Update(p, state, learningRate);",
                "return cost;");
}
