using System;
using CompiledDnn.Generator.Model;

namespace CompiledDnn.Generator.Emission;

/// <summary>The emitted file: its frame, and the order of its parts.</summary>
internal static class NetworkEmitter
{
    /// <summary>The version in the GeneratedCode attribute.</summary>
    public const string Version = "1.0.0";

    /// <summary>Writes the file for one network.</summary>
    public static string Emit(NetworkSpec spec)
    {
        var context = new EmitContext(spec);
        SourceWriter writer = context.Writer;
        ClassFrame.Write(writer, spec.Type, () =>
        {
            SummaryPart.WriteRemarks(context);
            writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"CompiledDnn.Generator\", \"{Version}\")]");
            writer.Block($"partial class {spec.Type.Name} : {context.Interface}", () => WriteMembers(context));
        });
        return writer.ToString();
    }

    private static void WriteMembers(EmitContext context)
    {
        Action<EmitContext>[] parts =
        [
            ConstantsPart.Write,
            ConstructionPart.Write,
            ParametersPart.Write,
            PredictionPart.Write,
            ForwardPart.Write,
            LossPart.Write,
            ExamplesPart.Write,
            BackwardPart.Write,
            UpdatePart.Write,
            DescentPart.Write,
            OptimizePart.Write,
            StoragePart.Write,
            InterfacePart.Write,
            WorkspacePart.Write,
            LayoutPart.Write,
        ];
        foreach (Action<EmitContext> part in parts)
        {
            part(context);
        }
    }
}
