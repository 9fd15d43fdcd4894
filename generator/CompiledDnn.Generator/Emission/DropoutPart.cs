using System.Collections.Generic;
using System.Linq;

namespace CompiledDnn.Generator.Emission;

/// <summary>Dropout: what it adds to the forward and the backward pass of the layers that have it.</summary>
internal static class DropoutPart
{
    /// <summary>A layer's rate in code.</summary>
    public static string Rate(EmitContext context, int l) => EmitContext.Text(context.Spec.Layers[l - 1].Dropout);

    /// <summary>What the table of layers says.</summary>
    public static string Summary(EmitContext context) =>
        $"Dropout in training: {string.Join(", ", context.LayersUp.Where(context.HasDropout).Select(l => $"{Rate(context, l)} of A{l}"))}.";

    /// <summary>The call of a forward pass that may drop.</summary>
    public static string Forward(bool training) => $"Forward(x, state, training: {(training ? "true" : "false")})";

    /// <summary>The line with which a step takes its masks.</summary>
    /// <param name="training">An expression: false for a prediction.</param>
    public static string Begin(string training) => $"state.BeginDropout({(training == "training" ? training : $"training: {training}")});";

    /// <summary>Writes the forward pass that may drop.</summary>
    public static void WriteForward(EmitContext context, IEnumerable<string> body)
    {
        context.Writer.Line();
        context.Writer.Line("// Drops outputs if it is part of a training step and the workspace is for training.");
        context.Writer.Block(
            $"private void Forward({context.ReadOnlySpan} x, Workspace state, bool training)",
            () => body.ToList().ForEach(context.Writer.CodeOrComment));
    }

    /// <summary>Writes the method that drops outputs of a layer.</summary>
    public static void WriteLayer(EmitContext context, int l)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// What layer {l + 1} reads: A{l} ∘ M{l} / (1 - {Rate(context, l)}), where M{l} is 0 with probability {Rate(context, l)}, else 1");
        writer.Block(
            $"private static void DropLayer{l}(Workspace state, int first, int count)",
            () => WriteIfDropping(
                writer, $"Forward<{context.Number}, Layer{l}>(state.ARows({l}, first, count), state.PassedRows({l}, first, count), state.DropoutKey({l}), first, count)"));
    }

    /// <summary>Writes the lines that give DZ of a layer the mask of its outputs.</summary>
    public static void WriteBackward(EmitContext context, int l)
    {
        SourceWriter writer = context.Writer;
        writer.Line($"// DZ{l} = DZ{l} ∘ M{l} / (1 - {Rate(context, l)})");
        WriteIfDropping(writer, $"Backward<{context.Number}, Layer{l}>(state.DZRows({l}, first, count), state.DropoutKey({l}), first, count)");
    }

    private static void WriteIfDropping(SourceWriter writer, string call) =>
        writer.Block("if (state.IsDropping)", () => writer.Code($"{EmitContext.Kernels}.Dropout.{call};"));
}
