using System.Collections.Generic;

namespace CompiledDnn.Generator.Emission;

/// <summary>A phase of a step as a type, so that the runtime can do it in shares on several threads.</summary>
internal static class SharePart
{
    /// <summary>Writes a phase whose shares are examples.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="name">The name of the type.</param>
    /// <param name="comment">What it does, in a line.</param>
    /// <param name="body">What is done for the examples from <c>first</c> on, <c>count</c> of them.</param>
    public static void OfExamples(EmitContext context, string name, string comment, IEnumerable<string> body) =>
        Write(context, name, comment, ["(int first, int count) = step.Examples(share);", .. body]);

    /// <summary>Writes a phase.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="name">The name of the type.</param>
    /// <param name="comment">What it does, in a line.</param>
    /// <param name="body">What is done for <c>share</c>.</param>
    public static void Write(EmitContext context, string name, string comment, IEnumerable<string> body)
    {
        SourceWriter writer = context.Writer;
        writer.Line();
        writer.Line($"// {comment}");
        writer.Block($"private readonly struct {name} : {EmitContext.Kernels}.IStepShare<{context.Number}>", () =>
            writer.Block($"public static void Run(in {context.StepArguments} step, {EmitContext.Kernels}.Share share)", () =>
            {
                foreach (string line in body)
                {
                    writer.CodeOrComment(line);
                }
            }));
    }

    /// <summary>The line that runs a phase.</summary>
    public static string Run(EmitContext context, string name) => $"{EmitContext.Kernels}.StepThreads.Run<{context.Number}, {name}>(in step, threads);";

    /// <summary>The lines that gather what a step is given, and decide on how many threads it is done.</summary>
    /// <param name="context">What is emitted.</param>
    /// <param name="more">What it is given beside parameters, inputs and workspace, as property initialisers; or empty.</param>
    /// <param name="operations">Floating-point operations for each example.</param>
    /// <param name="trains">True for a step that changes weights.</param>
    public static IEnumerable<string> Begin(EmitContext context, string more, long operations, bool trains = false)
    {
        yield return "// The parameters are read once: another thread may publish others.";
        string initializer = more.Length == 0 ? string.Empty : $" {{ {more} }}";
        yield return $"{context.StepArguments} step = new(_parameters, x, state){initializer};";
        yield return $"int threads = {EmitContext.Kernels}.StepThreads.{(trains ? "CountToTrain" : "Count")}(_maxDegreeOfParallelism, m, operations: {operations}{(trains ? InputHalvesPart.CountArgument(context) : string.Empty)});";
    }
}
