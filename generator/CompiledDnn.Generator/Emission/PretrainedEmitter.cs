using System;
using CompiledDnn.Generator.Model;

namespace CompiledDnn.Generator.Emission;

/// <summary>The emitted file for weights inside the program: a network that has them, without a file at run time.</summary>
internal static class PretrainedEmitter
{
    private const string Suffix = ".g.cs";

    /// <summary>The file's name: the network's own with a word before its end.</summary>
    public static string HintName(PretrainedSpec spec) =>
        spec.Type.HintName.Substring(0, spec.Type.HintName.Length - Suffix.Length) + ".Pretrained" + Suffix;

    /// <summary>Writes the file.</summary>
    public static string Emit(PretrainedSpec spec)
    {
        var writer = new SourceWriter();
        ClassFrame.Write(writer, spec.Type, () => writer.Block($"partial class {spec.Type.Name}", () => WriteMembers(writer, spec)));
        return writer.ToString();
    }

    private static void WriteMembers(SourceWriter writer, PretrainedSpec spec)
    {
        string name = spec.Type.Name;
        string file = spec.File.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        bool throws = spec.IsBroken || spec.Problem is not null;
        if (!throws)
        {
            writer.Line($"private static readonly global::System.Lazy<{name}> _pretrained = new(CreatePretrained);");
            writer.Line();
        }

        writer.Line($"/// <summary>The network with the weights of {file}, which are part of the program. Made once, when first asked for, on any thread.</summary>");
        writer.Line("/// <remarks>Everyone gets the same one: train, swap or load into one of <see cref=\"CreatePretrained\"/> instead.</remarks>");
        WriteException(writer, throws);
        Write(writer, $"public static {name} Pretrained", spec, () => writer.Arrow($"public static {name} Pretrained", "_pretrained.Value"));
        writer.Line();
        writer.Line($"/// <summary>A network of its own with the weights of {file}, which are part of the program.</summary>");
        WriteException(writer, throws);
        string create = $"public static {name} CreatePretrained()";
        Write(writer, create, spec, () => writer.Block(create, () =>
        {
            writer.Line($"var network = new {name}(0, {EmitContext.Library}.Initializer.Zeros);");
            string load = $"{EmitContext.Kernels}.NetworkFiles.LoadResource<{(spec.IsDouble ? "double" : "float")}, Inference>";
            writer.Line($"network.Swap({load}(");
            writer.Indented($"CompiledPlan.Shape, typeof({name}), {EmitContext.Literal(spec.Resource)}));");
            writer.Line("return network;");
        }));
    }

    private static void WriteException(SourceWriter writer, bool throws) => writer.Line(throws
        ? "/// <exception cref=\"global::System.InvalidOperationException\">Always: the weights cannot be used.</exception>"
        : "/// <exception cref=\"global::System.IO.IOException\">The weights are damaged.</exception>");

    private static void Write(SourceWriter writer, string signature, PretrainedSpec spec, Action write)
    {
        if (spec.IsBroken)
        {
            writer.Arrow(signature, EmitContext.ThrowFailure);
        }
        else if (spec.Problem is not null)
        {
            string text = EmitContext.Literal($"CDNN0027: the weights in '{spec.File}' cannot be used: {spec.Problem}");
            writer.Line($"{signature} =>");
            writer.Indented($"throw new global::System.InvalidOperationException({text});");
        }
        else
        {
            write();
        }
    }
}
