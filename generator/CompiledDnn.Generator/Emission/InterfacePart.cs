namespace CompiledDnn.Generator.Emission;

/// <summary>What INetwork promises with the workspace of any network: a cast, then the method for this one's.</summary>
internal static class InterfacePart
{
    public static void Write(EmitContext context)
    {
        string workspace = context.BaseWorkspace;
        string cast = $"{workspace}.Of<Workspace>(state, CompiledPlan.Shape)";
        string y = $"{context.ReadOnlySpan} y";
        string labels = $"{EmitContext.Labels} labels";
        string x = $"{context.ReadOnlySpan} x";
        string weights = $"{context.ReadOnlySpan} weights";
        string costs = $"{context.Span} costs";
        string rate = $"{context.Number} learningRate";
        string update = $"{context.Update} update";

        if (!context.IsBroken)
        {
            context.Writer.Line();
            context.Writer.Line("// INetwork takes the workspace of any network: each of these checks that it is one of this class.");
        }

        Forwarding($"{workspace} {context.Interface}.CreateWorkspace(int batchSize, {EmitContext.Library}.WorkspaceOptions options)", "CreateWorkspace(batchSize, options)");
        Forwarding($"void {context.Interface}.Forward({x}, {workspace} state)", $"Forward(x, {cast})");
        Forwarding($"{context.Number} {context.Interface}.Cost({y}, {workspace} state)", $"Cost(y, {cast})");
        OnLabels($"{context.Number} {context.Interface}.Cost({labels}, {workspace} state)", $"Cost(labels, {cast})");
        Forwarding($"{context.Number} {context.Interface}.Cost({y}, {weights}, {workspace} state)", $"Cost(y, weights, {cast})");
        OnLabels($"{context.Number} {context.Interface}.Cost({labels}, {weights}, {workspace} state)", $"Cost(labels, weights, {cast})");
        Forwarding($"void {context.Interface}.ExampleCosts({y}, {workspace} state, {costs})", $"ExampleCosts(y, {cast}, costs)");
        OnLabels($"void {context.Interface}.ExampleCosts({labels}, {workspace} state, {costs})", $"ExampleCosts(labels, {cast}, costs)");
        Forwarding($"void {context.Interface}.OutputGradient({y}, {workspace} state)", $"OutputGradient(y, {cast})");
        OnLabels($"void {context.Interface}.OutputGradient({labels}, {workspace} state)", $"OutputGradient(labels, {cast})");
        Forwarding($"void {context.Interface}.OutputGradient({y}, {weights}, {workspace} state)", $"OutputGradient(y, weights, {cast})");
        OnLabels($"void {context.Interface}.OutputGradient({labels}, {weights}, {workspace} state)", $"OutputGradient(labels, weights, {cast})");
        Forwarding($"void {context.Interface}.Backward({x}, {workspace} state)", $"Backward(x, {cast})");
        Forwarding($"void {context.Interface}.Update({workspace} state, {rate})", $"Update({cast}, learningRate)");
        Forwarding($"{context.Number} {context.Interface}.DescendStep({x}, {y}, {workspace} state, {rate})", $"DescendStep(x, y, {cast}, learningRate)");
        OnLabels($"{context.Number} {context.Interface}.DescendStep({x}, {labels}, {workspace} state, {rate})", $"DescendStep(x, labels, {cast}, learningRate)");
        Forwarding($"{context.Number} {context.Interface}.TrainStep({x}, {y}, {workspace} state, {update})", $"TrainStep(x, y, {cast}, update)");
        OnLabels($"{context.Number} {context.Interface}.TrainStep({x}, {labels}, {workspace} state, {update})", $"TrainStep(x, labels, {cast}, update)");

        void Forwarding(string signature, string body) => new Member(signature).Body(body).Write(context);

        void OnLabels(string signature, string body) => Forwarding(
            signature,
            LossPart.TakesLabels(context) ? body : $"throw {EmitContext.Library}.BoundaryCheck.NoLabels(CompiledPlan.Shape)");
    }
}
