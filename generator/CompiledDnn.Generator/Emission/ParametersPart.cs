namespace CompiledDnn.Generator.Emission;

/// <summary>The weights and biases: the block, and a view of each matrix.</summary>
internal static class ParametersPart
{
    public static void Write(EmitContext context)
    {
        new Member($"public {EmitContext.Library}.NetworkShape Shape")
            .Summary("Sizes, layers and layout as a table.")
            .Body("CompiledPlan.Shape")
            .Write(context);

        new Member("public bool TakesLabels")
            .Summary("True if targets can be given as class labels as well as rows.")
            .Body(context.Spec.Loss?.TakesLabels == true ? "true" : "false")
            .Write(context);

        new Member($"public {context.ParameterBlock} Parameters")
            .Summary("All weights and biases in one block, which training changes in place.")
            .Body("_parameters")
            .Write(context);

        new Member("public int MaxDegreeOfParallelism")
            .Summary("The most threads that a call uses: 1 for its own alone; −1, from the start, for one a processor. Results have the same bits.")
            .Throws("ArgumentOutOfRangeException", "It is 0, or less than −1.")
            .Accessors(
                "_maxDegreeOfParallelism",
                $"_maxDegreeOfParallelism = {EmitContext.Library}.BoundaryCheck.DegreeOfParallelism(CompiledPlan.Shape, value)")
            .Write(context);

        new Member($"public {context.ParameterBlock} Swap({context.ParameterBlock} parameters)")
            .Summary("Publishes other weights and biases. Calls under way on other threads finish with those that they began with.")
            .Param("parameters", "A block for a network of the same sizes; this network keeps it.")
            .Returns("The block that was in use.")
            .Throws("ArgumentException", "The block is for other sizes.")
            .Body(
                $"{EmitContext.Library}.BoundaryCheck.Parameters(CompiledPlan.Shape, parameters);",
                "return global::System.Threading.Interlocked.Exchange(ref _parameters, parameters);")
            .Write(context);

        foreach (int l in context.LayersUp)
        {
            new Member($"public {context.TensorSpan} W{l}")
                .Summary($"The weights of layer {l}, [outputs, inputs]{Shape(context, l)}. Writing to it changes the network.")
                .Body($"_parameters.WeightView({l})")
                .Write(context);

            new Member($"public {context.TensorSpan} B{l}")
                .Summary($"The biases of layer {l}, one for each output. Writing to it changes the network.")
                .Body($"_parameters.BiasView({l})")
                .Write(context);
        }
    }

    private static string Shape(EmitContext context, int layer) =>
        context.IsBroken ? string.Empty : $" = [{context.Spec.Layers[layer - 1].Outputs}, {context.Spec.Layers[layer - 1].Inputs}]";
}
