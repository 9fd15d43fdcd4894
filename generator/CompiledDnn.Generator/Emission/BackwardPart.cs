using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>Backward propagation: two short methods a layer, its gradient and what it passes down.</summary>
internal static class BackwardPart
{
    private const string OutOfOrder = "Nothing was forwarded since the last update, or x has another m.";

    public static void Write(EmitContext context)
    {
        string others = context.Depth == 1 ? string.Empty : $" ... DW{context.Depth}, DB{context.Depth}";
        string filled = $"fills DW1, DB1{others}, and DA0 where the workspace keeps it";
        Backward(context, $"{context.ReadOnlySpan} x", $"Backward propagation from whatever DZ{context.Depth} holds: {filled}.")
            .Throws("InvalidOperationException", OutOfOrder)
            .Body("Backward(_parameters, x, state)")
            .Write(context);
        Backward(context, $"{context.ReadOnlySpan} x, {context.ReadOnlySpan} y", $"Backward propagation: {filled}.")
            .Param("y", $"m rows of {EmitContext.Numbers(context.TargetSize)}.")
            .Throws("InvalidOperationException", OutOfOrder)
            .Body("OutputGradient(y, state);", "Backward(x, state);")
            .Write(context);
        if (LossPart.TakesLabels(context))
        {
            Backward(context, $"{context.ReadOnlySpan} x, {EmitContext.Labels} labels", $"Backward propagation: {filled}.")
                .Param("labels", LossPart.LabelsText(context))
                .Throws("InvalidOperationException", OutOfOrder)
                .Body("OutputGradient(labels, state);", "Backward(x, state);")
                .Write(context);
        }

        if (context.Plan is null)
        {
            return;
        }

        new Member($"private static void Backward({context.ParameterBlock} p, {context.ReadOnlySpan} x, Workspace state)")
            .Body(Body(context, context.Plan))
            .Write(context);
        foreach (LayerPlan layer in context.Plan.Layers.Reverse())
        {
            WriteGradient(context, layer);
            WriteBackward(context, layer);
        }
    }

    /// <summary>The lines that turn DA of a layer, in the memory of DZ, into DZ.</summary>
    public static IEnumerable<string> ActivationGradient(EmitContext context, int l)
    {
        ActivationSpec activation = context.Spec.Layers[l - 1].Activation;
        string kernel = activation.IsRow ? "Rows" : activation.DerivativeFromOutput ? "FromOutput" : "FromInput";
        string source = activation.IsRow || activation.DerivativeFromOutput ? $"state.ABlock({l})" : $"state.ZBlock({l})";
        string product = activation.IsRow ? $"{context.Function(l)}'(Z{l})ᵀ DA{l}" : $"DA{l} ∘ {context.Function(l)}'(Z{l})";
        yield return $"// DZ{l} = {product}";
        yield return $"{EmitContext.Kernels}.ActivationGradient.{kernel}<{context.Number}, Layer{l}, {context.ActivationType(l)}>({source}, state.DZBlock({l}), m);";
    }

    private static Member Backward(EmitContext context, string arguments, string summary) =>
        new Member($"public void Backward({arguments}, Workspace state)")
            .Summary(summary)
            .Param("x", $"The batch last forwarded, m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("state", "The workspace of that forward pass; its gradients are overwritten.");

    private static IEnumerable<string> Body(EmitContext context, NetworkPlan plan)
    {
        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return "int m = state.BeginBackward(x.Length);";
        foreach (string line in ForwardPart.Pack(context, "state.PackedInput"))
        {
            yield return line;
        }

        foreach (LayerPlan layer in plan.Layers.Reverse())
        {
            int l = layer.Index;
            yield return $"GradientLayer{l}(state, {(l == 1 ? ForwardPart.Input(context) : $"state.ABlock({l - 1})")}, m);";
            if (l > 1)
            {
                yield return $"BackwardLayer{l}(p, state, m);";
            }
        }

        yield return "if (!state.DA0Block.IsEmpty)";
        yield return "{";
        yield return "    BackwardLayer1(p, state, m);";
        yield return "}";
    }

    private static void WriteGradient(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        string before = l == 1 ? "X" : $"A{l - 1}";
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// DW{l} = DZ{l} {before}ᵀ / m, DB{l} = Σ DZ{l} / m");
        writer.Arrow(
            $"private static void GradientLayer{l}(Workspace state, {context.ReadOnlySpan} x, int m)",
            $"{EmitContext.Kernels}.DenseGradient.{layer.Family}<{context.Number}, Layer{l}>(x, state.DZBlock({l}), state.DWBlock({l}), state.DBBlock({l}), m)");
    }

    // Layer 1 passes down its gradient only when asked, which is not worth a copy of its weights.
    private static string Transposed(LayerPlan layer) => layer.Family == KernelFamily.Dot ? "" : layer.Index == 1 ? "default, " : "state.Transposed, ";

    private static void WriteBackward(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        SourceWriter writer = context.Writer;
        writer.Line();
        string signature = $"private static void BackwardLayer{l}({context.ParameterBlock} p, Workspace state, int m)";
        if (l == 1)
        {
            writer.Line("// DA0 = W1ᵀ DZ1");
            writer.Arrow(signature, Product(context, layer, "", "", "state.DA0Block"));
            return;
        }

        string below = $"state.DZBlock({l - 1})";
        if (context.Spec.Layers[l - 2].Activation.DerivativeFromOutput)
        {
            writer.Line($"// DZ{l - 1} = W{l}ᵀ DZ{l} ∘ {context.Function(l - 1)}'(Z{l - 1})");
            string types = $"{(layer.Family == KernelFamily.Dot ? "" : $", Layer{l - 1}")}, {context.ActivationType(l - 1)}";
            writer.Arrow(signature, Product(context, layer, types, $"state.ABlock({l - 1}), ", below));
            return;
        }

        writer.Block(signature, () =>
        {
            writer.Line($"// DA{l - 1} = W{l}ᵀ DZ{l}, in the memory of DZ{l - 1}");
            writer.Code($"{Product(context, layer, "", "", below)};");
            foreach (string line in ActivationGradient(context, l - 1))
            {
                writer.CodeOrComment(line);
            }
        });
    }

    private static string Product(EmitContext context, LayerPlan layer, string types, string activations, string destination) =>
        $"{EmitContext.Kernels}.DenseBackward.{layer.Family}<{context.Number}, Layer{layer.Index}{types}>"
        + $"(p.W({layer.Index}), state.DZBlock({layer.Index}), {activations}{destination}, {Transposed(layer)}m)";
}
