using System.Collections.Generic;

namespace CompiledDnn.Generator.Emission;

/// <summary>On several threads, the sums of a first layer with many weights as a phase of its own, whose shares are examples of half of the inputs.</summary>
internal static class InputHalvesPart
{
    /// <summary>True if the network's steps have that phase.</summary>
    public static bool Applies(EmitContext context) => context.Plan is { HalvesInputs: true };

    /// <summary>The lines that run the phase, in a step that has it.</summary>
    public static IEnumerable<string> Run(EmitContext context) =>
        Applies(context) ? ["if (threads > 1)", "{", $"    {SharePart.Run(context, "InputShare")}", "}", ""] : [];

    /// <summary>An argument more where threads are counted.</summary>
    public static string CountArgument(EmitContext context) => Applies(context) ? ", halvesInputs: true" : string.Empty;

    /// <summary>An argument more, in a share of the phase that follows, of what goes up through the layers.</summary>
    public static string ShareArgument(EmitContext context) => Applies(context) ? ", hasSums: share.Total > 1" : string.Empty;

    /// <summary>A parameter more of what goes up through the layers.</summary>
    public static string Parameter(EmitContext context) => Applies(context) ? ", bool hasSums" : string.Empty;

    /// <summary>The parameter, handed on.</summary>
    public static string Argument(EmitContext context) => Applies(context) ? ", hasSums" : string.Empty;

    /// <summary>The lines that do layer 1 for some examples.</summary>
    /// <param name="forward">The call that does all of it.</param>
    public static IEnumerable<string> Layer(string forward) =>
        ["// On several threads the sums of layer 1 are there by now.", "if (hasSums)", "{", "    ActivateLayer1(state, first, count);", "}", "else", "{", $"    {forward}", "}", ""];

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
            $"{EmitContext.Kernels}.HalvedForward.{context.Plan!.Layers[0].Family}<{context.Number}, Layer1>("
            + "x, p.W(1), p.B(1), state.ZBlock(1), state.ABlock(1), state.DZBlock(1), m, share)");
        writer.Line();
        writer.Line($"// Z1 as the sum of both halves, A1 = {context.Function(1)}(Z1)");
        writer.Arrow(
            "private static void ActivateLayer1(Workspace state, int first, int count)",
            $"{EmitContext.Kernels}.HalvedForward.Activate<{context.Number}, Layer1, {context.ActivationType(1)}>("
            + "state.ZRows(1, first, count), state.ARows(1, first, count), state.DZRows(1, first, count), count)");
    }
}
