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
            .Body(Begin(context))
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

        SharePart.OfExamples(
            context,
            "BackwardShare",
            "What every layer passes down, for some of the examples.",
            ["BackwardRows(step.Parameters, (Workspace)step.State, first, count);"]);
        SharePart.Write(context, "GradientShare", "The gradient of some of the weights of every layer.", GradientBody(context, context.Plan));
        new Member($"private static void BackwardRows({context.ParameterBlock} p, Workspace state, int first, int count)")
            .Body(Body(context.Plan))
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
        string source = activation.IsRow || activation.DerivativeFromOutput ? "state.ARows" : "state.ZRows";
        string product = activation.IsRow ? $"{context.Function(l)}'(Z{l})ᵀ DA{l}" : $"DA{l} ∘ {context.Function(l)}'(Z{l})";
        yield return $"// DZ{l} = {product}";
        yield return $"{EmitContext.Kernels}.ActivationGradient.{kernel}<{context.Number}, Layer{l}, {context.ActivationType(l)}>({source}({l}, first, count), state.DZRows({l}, first, count), count);";
    }

    private static Member Backward(EmitContext context, string arguments, string summary) =>
        new Member($"public void Backward({arguments}, Workspace state)")
            .Summary(summary)
            .Param("x", $"The batch last forwarded, m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("state", "The workspace of that forward pass; its gradients are overwritten.");

    private static IEnumerable<string> Begin(EmitContext context)
    {
        if (context.Plan is null)
        {
            yield break;
        }

        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return "int m = state.BeginBackward(x.Length);";
        if (context.Plan.PackedInputStride > 0)
        {
            yield return ForwardPart.PackComment;
            yield return $"{ForwardPart.Pack(context, "x", "state.PackedInput", "m")};";
        }

        foreach (string line in SharePart.Begin(context, string.Empty, context.Plan.TrainOperations))
        {
            yield return line;
        }

        yield return SharePart.Run(context, "BackwardShare");
        yield return SharePart.Run(context, "GradientShare");
    }

    private static IEnumerable<string> Body(NetworkPlan plan)
    {
        foreach (LayerPlan layer in plan.Layers.Reverse().Where(layer => layer.Index > 1))
        {
            yield return $"BackwardLayer{layer.Index}(p, state, first, count);";
        }

        yield return "if (!state.DA0Block.IsEmpty)";
        yield return "{";
        yield return "    BackwardLayer1(p, state, first, count);";
        yield return "}";
    }

    private static IEnumerable<string> GradientBody(EmitContext context, NetworkPlan plan)
    {
        yield return "Workspace state = (Workspace)step.State;";
        foreach (LayerPlan layer in plan.Layers.Reverse())
        {
            yield return $"GradientLayer{layer.Index}(state, {InputOf(context, layer.Index)}, step.M, share);";
        }
    }

    /// <summary>What layer l reads in a phase whose shares are weights, as code.</summary>
    public static string InputOf(EmitContext context, int l) =>
        l == 1 ? ForwardPart.Input(context) : $"state.{(context.HasDropout(l - 1) ? "Passed" : "A")}Block({l - 1})";

    private static void WriteGradient(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        string before = l == 1 ? "X" : $"A{l - 1}";
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// DW{l} = DZ{l} {before}ᵀ / m, DB{l} = Σ DZ{l} / m");
        writer.Arrow(
            $"private static void GradientLayer{l}(Workspace state, {context.ReadOnlySpan} x, int m, {EmitContext.Kernels}.Share share)",
            $"{EmitContext.Kernels}.DenseGradient.{layer.Family}<{context.Number}, Layer{l}>(x, state.DZBlock({l}), state.DWBlock({l}), state.DBBlock({l}), m, share)");
    }

    private static void WriteBackward(EmitContext context, LayerPlan layer)
    {
        int l = layer.Index;
        SourceWriter writer = context.Writer;
        writer.Line();
        string signature = $"private static void BackwardLayer{l}({context.ParameterBlock} p, Workspace state, int first, int count)";
        if (l == 1)
        {
            writer.Line("// DA0 = W1ᵀ DZ1");
            writer.Arrow(signature, Product(context, layer, "", "", "state.DA0Rows(first, count)"));
            return;
        }

        string below = $"state.DZRows({l - 1}, first, count)";
        if (context.Spec.Layers[l - 2].Activation.DerivativeFromOutput)
        {
            writer.Line($"// DZ{l - 1} = W{l}ᵀ DZ{l} ∘ {context.Function(l - 1)}'(Z{l - 1})");
            string types = $"{(layer.Family == KernelFamily.Dot ? "" : $", Layer{l - 1}")}, {context.ActivationType(l - 1)}";
            string product = Product(context, layer, types, $"state.ARows({l - 1}, first, count), ", below);
            if (!context.HasDropout(l - 1))
            {
                writer.Arrow(signature, product);
                return;
            }

            writer.Block(signature, () =>
            {
                writer.Code($"{product};");
                DropoutPart.WriteBackward(context, l - 1);
            });
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

            if (context.HasDropout(l - 1))
            {
                DropoutPart.WriteBackward(context, l - 1);
            }
        });
    }

    private static string Product(EmitContext context, LayerPlan layer, string types, string activations, string destination) =>
        $"{EmitContext.Kernels}.DenseBackward.{layer.Family}<{context.Number}, Layer{layer.Index}{types}>"
        + $"(p.W({layer.Index}), state.DZRows({layer.Index}, first, count), {activations}{destination}, count{(layer.Family == KernelFamily.Dot ? string.Empty : ", state.BatchSize")})";
}
