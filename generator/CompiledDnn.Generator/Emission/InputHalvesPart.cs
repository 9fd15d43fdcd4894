using System.Collections.Generic;

namespace CompiledDnn.Generator.Emission;

/// <summary>The sums of a wide first layer as a phase of its own, whose shares are examples of half of the inputs.</summary>
internal static class InputHalvesPart
{
    /// <summary>True if the network's steps have that phase.</summary>
    public static bool Applies(EmitContext context) => context.Plan is { HalvesInputs: true };

    /// <summary>The line that runs the phase, in a step that has it.</summary>
    public static IEnumerable<string> Run(EmitContext context) => Applies(context) ? [SharePart.Run(context, "InputShare")] : [];

    /// <summary>The call that does the layer's part of the phase that follows, for some examples.</summary>
    public const string ActivateCall = "ActivateLayer1(state, first, count);";

    /// <summary>Writes the phase and the layer's methods.</summary>
    public static void Write(EmitContext context)
    {
        SharePart.Write(
            context,
            "InputShare",
            "The sums of layer 1 over half of the inputs, for some of the examples.",
            ["SumLayer1(step.Parameters, step.X, (Workspace)step.State, step.M, share);"]);
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line("// Z1 = W1 X + b1 over the first half of the inputs; W1 X over the second half, in the memory of DZ1");
        writer.Arrow(
            $"private static void SumLayer1({context.ParameterBlock} p, {context.ReadOnlySpan} x, Workspace state, int m, {EmitContext.Kernels}.Share share)",
            $"{EmitContext.Kernels}.HalvedForward.Sum<{context.Number}, Layer1>(x, p.W(1), p.B(1), state.ZBlock(1), state.ABlock(1), state.DZBlock(1), m, share)");
        writer.Line();
        writer.Line($"// Z1 as the sum of both halves, A1 = {context.Function(1)}(Z1)");
        writer.Arrow(
            "private static void ActivateLayer1(Workspace state, int first, int count)",
            $"{EmitContext.Kernels}.HalvedForward.Activate<{context.Number}, Layer1, {context.ActivationType(1)}>("
            + "state.ZRows(1, first, count), state.ARows(1, first, count), state.DZRows(1, first, count), count)");
    }
}
