using System.Linq;

namespace CompiledDnn.Generator.Emission;

/// <summary>The sizes as constants, and the summary.</summary>
internal static class ConstantsPart
{
    public static void Write(EmitContext context)
    {
        SourceWriter writer = context.Writer;
        writer.Line("/// <summary>n[0]: numbers in one example.</summary>");
        writer.Line($"public const int InputSize = {context.InputSize};");
        writer.Line();
        writer.Line("/// <summary>n[L]: numbers in one prediction.</summary>");
        writer.Line($"public const int OutputSize = {context.OutputSize};");
        writer.Line();
        writer.Line("/// <summary>Numbers in the target of one example.</summary>");
        writer.Line($"public const int TargetSize = {context.TargetSize};");
        writer.Line();
        writer.Line("/// <summary>L: layers with weights.</summary>");
        writer.Line($"public const int LayerCount = {context.Depth};");
        writer.Line();
        writer.Line("/// <summary>Weights and biases.</summary>");
        writer.Line($"public const int ParameterCount = {context.ParameterCount};");
        writer.Line();
        writer.Line($"/// <summary>{(context.IsBroken ? "What is wrong with the values in the attribute." : "The table of layers as text.")}</summary>");
        WriteSummary(context);

        new Member("public static long WorkspaceBytes(int batchSize)")
            .Summary("The bytes that a workspace takes.")
            .Param("batchSize", "The most examples that it is used with, at least 1.")
            .Throws("ArgumentOutOfRangeException", "The batch size is less than 1.")
            .Body($"{context.BaseWorkspace}.Bytes(CompiledPlan.Shape, batchSize)")
            .Write(context);
    }

    private static void WriteSummary(EmitContext context)
    {
        if (context.IsBroken)
        {
            context.Writer.Line($"public const string Summary = {EmitContext.Literal(context.Spec.Failure!)};");
            return;
        }

        context.Writer.Line("public const string Summary =");
        string sizes = string.Join(", ", context.Spec.Sizes.Select(size => size.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        string[] lines = SummaryPart.Lines(context).Prepend($"{context.Spec.Type.DisplayName} [{sizes}], {context.Number}").ToArray();
        string text = string.Join("\n", lines.Prepend("\"\"\"").Append("\"\"\";"));
        context.Writer.Indented(text);
    }
}
