using System.Linq;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>The prediction of one example: its layers as one type, of which the JIT makes one method.</summary>
internal static class OneExamplePart
{
    public static void Write(EmitContext context, NetworkPlan plan)
    {
        if (!plan.ChainsOneExample)
        {
            return;
        }

        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line("// One example: the layers one inside the other, so that the JIT makes one method of them.");
        writer.Line($"// {string.Join(", ", plan.Layers.Select(layer => Equation(context, layer.Index)))}");
        writer.Code($"private static void PredictOne({context.ParameterBlock} p, {context.ReadOnlySpan} x, {context.Span} outputs) =>");
        writer.Indented($"{EmitContext.Kernels}.OneExample.Run<");
        string open = plan.PackedInputStride > 0 ? $"        {EmitContext.Kernels}.PackedChain<{context.Number}, Layer1,\n" : string.Empty;
        int depth = plan.Layers.Count + (plan.PackedInputStride > 0 ? 1 : 0);
        string layers = string.Join(",\n", plan.Layers.Select(layer => $"        {Layer(context, layer)}"));
        writer.Line($"        {context.Number},\n{open}{layers}{new string('>', depth + 1)}(p, x, outputs);");
    }

    // The type of a layer without the bracket that closes it: the layers after it are its last argument.
    private static string Layer(EmitContext context, LayerPlan layer)
    {
        ActivationSpec activation = context.Spec.Layers[layer.Index - 1].Activation;
        string place = layer.Index < context.Depth ? "Chain" : activation.IsRow ? "RowEnd" : "End";
        return $"{EmitContext.Kernels}.{layer.Family}{place}<{context.Number}, Layer{layer.Index}, {context.ActivationType(layer.Index)}";
    }

    private static string Equation(EmitContext context, int l) => $"A{l} = {context.Function(l)}(W{l} {(l == 1 ? "X" : $"A{l - 1}")} + b{l})";
}
