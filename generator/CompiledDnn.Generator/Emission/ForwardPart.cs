using System.Collections.Generic;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>Forward propagation: one short method a layer, and the one that calls them in order.</summary>
internal static class ForwardPart
{
    public static void Write(EmitContext context)
    {
        new Member($"public void Forward({context.ReadOnlySpan} x, Workspace state)")
            .Summary($"Forward propagation of a batch: fills {(context.Depth == 1 ? "A1" : $"A1 ... A{context.Depth}")} of <paramref name=\"state\"/>.")
            .Param("x", $"m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("state", "A workspace of this network for at least m examples; its activations are overwritten.")
            .Throws("ArgumentException", "x is not whole examples, or more than the workspace has room for.")
            .Body(context.Plan is { HasDropout: true } ? [DropoutPart.Forward(training: true)] : Begin(context))
            .Write(context);

        if (context.Plan is null)
        {
            return;
        }

        if (context.Plan.HasDropout)
        {
            DropoutPart.WriteForward(context, Begin(context));
        }

        SharePart.OfExamples(
            context,
            "ForwardShare",
            "Some of the examples go through all layers.",
            [$"ForwardRows(step.Parameters, step.X, (Workspace)step.State, first, count{InputHalvesPart.ShareArgument(context)});"]);

        // Private methods take the parameters, so that a public call reads the reference once: another thread may publish others.
        string rows = $"({context.ParameterBlock} p, {context.ReadOnlySpan} x, Workspace state, int first, int count{InputHalvesPart.Parameter(context)})";
        bool isSplit = OutputStepPart.BeginsWithLogits(context);
        new Member($"private static void ForwardRows{rows}")
            .Body(isSplit ? SplitBody(context) : [.. Inputs(context), .. Layers(context, context.Depth)])
            .Write(context);
        if (isSplit)
        {
            new Member($"private static {context.ReadOnlySpan} {OutputStepPart.BelowName}{rows}")
                .Body([.. Inputs(context), .. Layers(context, context.Depth - 1), $"return {Input(context, context.Depth)};"])
                .Write(context);
        }

        foreach (LayerPlan layer in context.Plan.Layers)
        {
            WriteLayer(context, layer);
            if (layer.Index == 1 && InputHalvesPart.Applies(context))
            {
                InputHalvesPart.Write(context);
            }

            if (context.HasDropout(layer.Index))
            {
                DropoutPart.WriteLayer(context, layer.Index);
            }
        }
    }

    /// <summary>The inputs of the whole batch as layer 1 reads them, once they were forwarded.</summary>
    public static string Input(EmitContext context) => context.Plan!.PackedInputStride > 0 ? "state.PackedInput" : "step.X";

    /// <summary>The copy of inputs that layer 1 reads, in code.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="memory">Where the copy goes.</param>
    /// <param name="count">How many examples.</param>
    public static string Pack(EmitContext context, string x, string memory, string count) =>
        $"{EmitContext.Kernels}.Rows.Pack<{context.Number}, Layer1>({x}, {memory}, {count})";

    /// <summary>Says why inputs are copied.</summary>
    public const string PackComment = "// Layer 1 reads whole vectors of inputs: each row is copied to a cache line of its own and followed by zeros.";

    private static IEnumerable<string> Begin(EmitContext context)
    {
        if (context.Plan is null)
        {
            yield break;
        }

        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return "int m = state.BeginForward(x.Length);";
        if (context.Plan.HasDropout)
        {
            yield return DropoutPart.Begin("training");
        }

        foreach (string line in SharePart.Begin(context, string.Empty, context.Plan.PredictOperations))
        {
            yield return line;
        }

        foreach (string line in InputHalvesPart.Run(context))
        {
            yield return line;
        }

        yield return SharePart.Run(context, "ForwardShare");
    }

    // The last layer by itself: a step does it in its own way.
    private static IEnumerable<string> SplitBody(EmitContext context)
    {
        int last = context.Depth;
        yield return $"{context.ReadOnlySpan} a{last - 1} = {OutputStepPart.BelowName}(p, x, state, first, count{InputHalvesPart.Argument(context)});";
        yield return Layer(last, $"a{last - 1}");
    }

    private static IEnumerable<string> Inputs(EmitContext context)
    {
        string x = $"x.Slice(first * {context.InputSize}, count * {context.InputSize})";
        if (context.Plan!.PackedInputStride > 0)
        {
            yield return PackComment;
            x = Pack(context, x, "state.PackedRows(first, count)", "count");
        }

        yield return $"{context.ReadOnlySpan} a0 = {x};";
    }

    // What a layer reads, for some examples.
    private static string Input(EmitContext context, int l) =>
        l == 1 ? "a0" : $"state.{(context.HasDropout(l - 1) ? "Passed" : "A")}Rows({l - 1}, first, count)";

    private static string Layer(int l, string input) =>
        $"ForwardLayer{l}(p, {input}, state.ZRows({l}, first, count), state.ARows({l}, first, count), count);";

    private static IEnumerable<string> Layers(EmitContext context, int last)
    {
        for (int l = 1; l <= last; l++)
        {
            string call = Layer(l, Input(context, l));
            foreach (string line in l == 1 && InputHalvesPart.Applies(context) ? InputHalvesPart.Layer(call) : [call])
            {
                yield return line;
            }

            if (context.HasDropout(l))
            {
                yield return $"DropLayer{l}(state, first, count);";
            }
        }
    }

    private static void WriteLayer(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        ActivationSpec activation = context.Spec.Layers[l - 1].Activation;
        string kernel = $"{layer.Family}{(activation.IsRow ? "Row" : string.Empty)}";
        string before = l == 1 ? "X" : $"A{l - 1}";
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// Z{l} = W{l} {before} + b{l}, A{l} = {context.Function(l)}(Z{l}); z is empty where Z{l} is not kept");
        writer.Arrow(
            $"private static void ForwardLayer{l}({context.ParameterBlock} p, {context.ReadOnlySpan} x, {context.Span} z, {context.Span} a, int m)",
            $"{EmitContext.Kernels}.DenseForward.{kernel}<{context.Number}, Layer{l}, {context.ActivationType(l)}>(x, p.W({l}), p.B({l}), z, a, m)");
    }
}
