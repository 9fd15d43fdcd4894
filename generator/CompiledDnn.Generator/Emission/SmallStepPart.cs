using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>The steps of a small network: its layers as one type, through which tiles of examples go up and down.</summary>
internal static class SmallStepPart
{
    /// <summary>True if the network's steps are those of this part.</summary>
    public static bool Applies(EmitContext context) => context.Plan is { StepRows: > 0 };

    /// <summary>What the documentation of a step's workspace says.</summary>
    public static string State(EmitContext context) => "A workspace of this network for at least m examples; overwritten"
        + (Applies(context) ? $": of the activations only A{context.Depth} is kept." : ".");

    /// <summary>The body of DescendStep.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="target">The parameter: y or labels.</param>
    public static IEnumerable<string> DescendStep(EmitContext context, string target)
    {
        yield return $"{EmitContext.Library}.BoundaryCheck.LearningRate(CompiledPlan.Shape, \"DescendStep\", learningRate);";
        foreach (string line in Begin(context, "DescendStep", target))
        {
            yield return line;
        }

        yield return $"return Descend<{TargetType(context, target)}, {Loss(context, target)}>(p, x, {target}, state, learningRate, m, {Threads(context)});";
    }

    /// <summary>The body of TrainStep.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="target">The parameter: y or labels.</param>
    public static IEnumerable<string> TrainStep(EmitContext context, string target)
    {
        yield return "global::System.ArgumentNullException.ThrowIfNull(update);";
        foreach (string line in Begin(context, "TrainStep", target))
        {
            yield return line;
        }

        yield return $"{context.Number} cost = Gradient<{TargetType(context, target)}, {Loss(context, target)}>(p, x, {target}, state, m, {Threads(context)});";
        yield return $"if ({context.Number}.IsFinite(cost))";
        yield return "{";
        yield return "    update.Begin(p.Span.Length);";
        yield return "    update.Apply(0, p.Span, state.Gradients);";
        yield return "}";
        yield return "";
        yield return "return cost;";
    }

    /// <summary>Writes what DescendStep calls.</summary>
    public static void WriteDescend(EmitContext context, NetworkPlan plan) => Write(
        context,
        plan,
        "W = W - learningRate DW, b = b - learningRate DB",
        "Descend",
        $"Workspace state, {context.Number} learningRate, int m, int threads",
        "(p, state, x, targets, learningRate, m, threads)");

    /// <summary>Writes what TrainStep calls.</summary>
    public static void WriteGradient(EmitContext context, NetworkPlan plan) => Write(
        context, plan, "DW and DB to the gradients of the workspace", "Gradient", "Workspace state, int m, int threads", "(p, state, x, targets, m, threads)");

    private static void Write(EmitContext context, NetworkPlan plan, string result, string name, string parameters, string arguments)
    {
        SourceWriter writer = context.Writer;
        int last = context.Depth;
        writer.Line();
        writer.Line("// The layers one inside the other: each does its part of the forward pass, those above it, and its part of the backward pass.");
        writer.Line($"// {string.Join(", ", plan.Layers.Select(layer => Forward(context, layer.Index)))}, J and DZ{last} from the loss,");
        writer.Line($"// {string.Join(", ", plan.Layers.Skip(1).Reverse().Select(layer => Backward(context, layer.Index)))};");
        writer.Line($"// {result}");
        writer.Code($"private static {context.Number} {name}<TTarget, TLoss>({context.ParameterBlock} p, {context.ReadOnlySpan} x, global::System.ReadOnlySpan<TTarget> targets, {parameters})");
        writer.Line("    where TTarget : unmanaged");
        writer.Line($"    where TLoss : struct, {EmitContext.Kernels}.IStepLoss<{context.Number}, TTarget> =>");
        writer.Indented($"{EmitContext.Kernels}.SmallStep.{name}<");
        string layers = string.Join(",\n", plan.Layers.Select(layer => $"        {Layer(context, layer)}"));
        writer.Line($"        {context.Number},\n        TTarget,\n{layers}{new string('>', plan.Layers.Count)},\n        TLoss>{arguments};");
    }

    private static IEnumerable<string> Begin(EmitContext context, string method, string target)
    {
        yield return "global::System.ArgumentNullException.ThrowIfNull(state);";
        yield return "// Read once: another thread may publish others.";
        yield return $"{context.ParameterBlock} p = _parameters;";
        yield return $"int m = state.BeginStep(\"{method}\", x.Length, {(target == "y" ? "y.Length" : target)});";
    }

    private static string Threads(EmitContext context) =>
        $"{EmitContext.Kernels}.StepThreads.Count(_maxDegreeOfParallelism, m, operations: {context.Plan!.TrainOperations})";

    private static string TargetType(EmitContext context, string target) => target == "y" ? context.Number : "int";

    private static string Loss(EmitContext context, string target)
    {
        LossSpec loss = context.Spec.Loss!;
        string activation = loss.IsFused ? $"{context.ActivationType(context.Depth)}, " : "";
        return $"{EmitContext.Kernels}.Step{LossPart.Form(loss, target != "y")}<{context.Number}, {activation}{context.LossType}>";
    }

    // The type of a layer without the bracket that closes it: the layers after it are its last argument.
    private static string Layer(EmitContext context, LayerPlan layer)
    {
        ActivationSpec activation = context.Spec.Layers[layer.Index - 1].Activation;
        string place = layer.Index < context.Depth ? "Hidden" : layer.Family.ToString();
        string kind = activation.IsRow ? "Rows" : activation.DerivativeFromOutput ? "FromOutput" : "FromInput";
        return $"{EmitContext.Kernels}.{place}Step<{context.Number}, Layer{layer.Index},\n            "
            + $"{EmitContext.Kernels}.Step{kind}<{context.Number}, {context.ActivationType(layer.Index)}>";
    }

    private static string Forward(EmitContext context, int l) => $"A{l} = {context.Function(l)}(W{l} {(l == 1 ? "X" : $"A{l - 1}")} + b{l})";

    private static string Backward(EmitContext context, int l) => $"DZ{l - 1} = W{l}ᵀ DZ{l} ∘ {context.Function(l - 1)}'(Z{l - 1})";
}
