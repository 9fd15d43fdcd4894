using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>Prediction on scratch memory from the stack.</summary>
internal static class PredictionPart
{
    public static void Write(EmitContext context)
    {
        if (context.MayPredictNumber)
        {
            new Member($"public {context.Number} Predict({context.ReadOnlySpan} x)")
                .Summary("Predicts one example. Safe on any number of threads at once; allocates nothing.")
                .Param("x", $"{EmitContext.Numbers(context.InputSize)}.")
                .Returns("The network's output.")
                .Throws("ArgumentException", "x has another length.")
                .Body($"{context.Number} output = 0;", $"Predict(x, new {context.Span}(ref output));", "return output;")
                .Write(context);
        }

        new Member($"public void Predict({context.ReadOnlySpan} x, {context.Span} outputs)")
            .Summary("Predicts one example or a batch. Safe on any number of threads at once; allocates nothing.")
            .Param("x", $"m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("outputs", $"m rows of {EmitContext.Numbers(context.OutputSize)}; overwritten.")
            .Throws("ArgumentException", "A length is wrong.")
            .Body(PredictBody(context))
            .Write(context);

        if (context.MayBeWide)
        {
            WriteWide(context);
        }

        if (context.Plan is not null)
        {
            if (context.Plan.ChainsOneExample)
            {
                WriteBatch(context);
            }

            OneExamplePart.Write(context, context.Plan);
            WriteInference(context, context.Plan);
        }
    }

    private static IEnumerable<string> PredictBody(EmitContext context)
    {
        if (context.Plan is not { ChainsOneExample: true })
        {
            return [Batch(context)];
        }

        return
        [
            "if (x.Length == InputSize && outputs.Length == OutputSize)",
            "{",
            "    PredictOne(_parameters, x, outputs);",
            "    return;",
            "}",
            "",
            "PredictBatch(x, outputs);",
        ];
    }

    // A method of its own: what it needs of the stack is then nothing to a single example.
    private static void WriteBatch(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]");
        writer.Code($"private void PredictBatch({context.ReadOnlySpan} x, {context.Span} outputs) =>");
        writer.Indented($"{Batch(context)};");
    }

    private static string Batch(EmitContext context) =>
        $"{EmitContext.Kernels}.Prediction.Run<{context.Number}, Inference>(CompiledPlan.Shape, _parameters, x, outputs, _maxDegreeOfParallelism)";

    private static void WriteWide(EmitContext context) =>
        new Member($"public void Predict({context.ReadOnlySpan} x, {context.Span} outputs, Workspace state)")
            .Summary("Predicts with the caller's memory; without it, a network as wide as this one keeps some for each thread.")
            .Param("x", $"m rows of {EmitContext.Numbers(context.InputSize)}.")
            .Param("outputs", $"m rows of {EmitContext.Numbers(context.OutputSize)}; overwritten.")
            .Param("state", "A workspace of this network for at least m examples; its activations are overwritten.")
            .Throws("ArgumentException", "A length is wrong.")
            .Body(
                $"int m = {EmitContext.Library}.BoundaryCheck.Examples(CompiledPlan.Shape, \"Predict\", x.Length);",
                $"{EmitContext.Library}.BoundaryCheck.Outputs(CompiledPlan.Shape, m, outputs.Length);",
                context.Plan is { HasDropout: true } ? DropoutPart.Forward(training: false) + ";" : "Forward(x, state);",
                $"{EmitContext.Kernels}.Rows.Unpack<{context.Number}, {context.LastLayer}>(state.ABlock({context.Depth}), outputs, m);")
            .Write(context);

    private static void WriteInference(EmitContext context, NetworkPlan plan)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line("// The forward pass without a workspace: each layer writes where the layer before the last one wrote.");
        writer.Block($"private readonly struct Inference : {EmitContext.Kernels}.IInference<{context.Number}>", () =>
        {
            writer.Line($"public static int ScratchPerExample => {plan.Scratch.PerExample};");
            writer.Line();
            writer.Line($"public static long Operations => {plan.PredictOperations};");
            writer.Line();
            writer.Block(
                $"public static void Run({context.ParameterBlock} p, {context.ReadOnlySpan} x, {context.Span} outputs, {context.Span} scratch, int m)",
                () => WriteRun(context, plan));
        });
    }

    private static void WriteRun(EmitContext context, NetworkPlan plan)
    {
        SourceWriter writer = context.Writer;
        ScratchPlan scratch = plan.Scratch;
        string input = "x";
        if (plan.PackedInputStride > 0)
        {
            input = "a0";
            writer.CodeOrComment(ForwardPart.PackComment);
            writer.CodeOrComment($"{context.ReadOnlySpan} a0 = {ForwardPart.Pack(context, "x", $"scratch[..({scratch.PackedStride} * m)]", "m")};");
        }

        foreach (string line in Buffers(context, scratch))
        {
            writer.CodeOrComment(line);
        }

        for (int l = 1; l <= context.Depth; l++)
        {
            string output = l == context.Depth && scratch.WritesOutputs ? "outputs" : l % 2 == 1 ? "odd" : "even";
            writer.Line($"ForwardLayer{l}(p, {input}, default, {output}, m);");
            input = output;
        }

        if (!scratch.WritesOutputs)
        {
            writer.Line($"{EmitContext.Kernels}.Rows.Unpack<{context.Number}, {context.LastLayer}>({input}, outputs, m);");
        }
    }

    private static IEnumerable<string> Buffers(EmitContext context, ScratchPlan scratch)
    {
        if (scratch.OddStride > 0)
        {
            yield return $"{context.Span} odd = {Slice(scratch.PackedStride, scratch.OddStride)};";
        }

        if (scratch.EvenStride > 0)
        {
            yield return $"{context.Span} even = {Slice(scratch.PackedStride + scratch.OddStride, scratch.EvenStride)};";
        }
    }

    private static string Slice(int start, int stride) =>
        start == 0 ? $"scratch[..({stride} * m)]" : $"scratch.Slice({start} * m, {stride} * m)";
}
