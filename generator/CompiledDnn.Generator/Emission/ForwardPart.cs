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
            .Body("Forward(_parameters, x, state)")
            .Write(context);

        if (context.Plan is null)
        {
            return;
        }

        // Private methods take the parameters, so that a public call reads the reference once: another thread may publish others.
        new Member($"private static void Forward({context.ParameterBlock} p, {context.ReadOnlySpan} x, Workspace state)")
            .Body(Body(context, context.Plan))
            .Write(context);

        foreach (LayerPlan layer in context.Plan.Layers)
        {
            WriteLayer(context, layer);
        }
    }

    /// <summary>The inputs as layer 1 reads them.</summary>
    public static string Input(EmitContext context) => context.Plan!.PackedInputStride > 0 ? "a0" : "x";

    /// <summary>The lines that copy the inputs, where layer 1 does not read them where they lie.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="memory">Where the copy goes, in code.</param>
    public static IEnumerable<string> Pack(EmitContext context, string memory)
    {
        if (context.Plan!.PackedInputStride > 0)
        {
            yield return "// Layer 1 reads whole vectors of inputs: each row is copied to a cache line of its own and followed by zeros.";
            yield return $"{context.ReadOnlySpan} a0 = {EmitContext.Kernels}.Rows.Pack<{context.Number}, Layer1>(x, {memory}, m);";
        }
    }

    private static IEnumerable<string> Body(EmitContext context, NetworkPlan plan)
    {
        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return "int m = state.BeginForward(x.Length);";
        foreach (string line in Pack(context, "state.PackedInput"))
        {
            yield return line;
        }

        foreach (LayerPlan layer in plan.Layers)
        {
            string input = layer.Index == 1 ? Input(context) : $"state.ABlock({layer.Index - 1})";
            yield return $"ForwardLayer{layer.Index}(p, {input}, state.ZBlock({layer.Index}), state.ABlock({layer.Index}), m);";
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
