using System.Globalization;
using System.Reflection;
using System.Text;
using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>
/// Code that calls every member of a network and its workspace once, with nothing for arguments and on objects whose constructors
/// did not run. Reflection cannot: most of the members take or return spans.
/// </summary>
internal static class Probe
{
    /// <summary>The code, to be added to the project.</summary>
    public static SyntaxTree Of(CSharpCompilation output, string network)
    {
        INamedTypeSymbol type = output.GetTypeByMetadataName(network)!;
        INamedTypeSymbol workspace = type.GetTypeMembers("Workspace").Single();
        var code = new StringBuilder("#nullable enable\ninternal static class Probe\n{\n    public static (string, global::System.Action)[] Calls { get; } =\n    [\n");
        foreach (string call in Calls(type).Concat(Calls(workspace)).Concat(Promised(type)))
        {
            code.Append(CultureInfo.InvariantCulture, $"        ({SymbolDisplay.FormatLiteral(call, quote: true)}, () => {{ {call}; }}),\n");
        }

        return Harness.Project.ParseFile(code.Append("    ];\n}\n").ToString(), "Probe.cs");
    }

    /// <summary>Its calls with their text, from the loaded project.</summary>
    public static (string Name, Action Call)[] Calls(LoadedProject project) =>
        ((string, Action)[])project.Type("Probe").GetProperty("Calls", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static IEnumerable<string> Calls(INamedTypeSymbol type)
    {
        string name = Name(type);
        foreach (ISymbol member in Surface.Members(type))
        {
            string target = member.IsStatic ? name : Bare(type);
            switch (member)
            {
                // A user's own constructor is not ours to throw.
                case IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 2 } constructor:
                    yield return $"_ = new {name}{Arguments(constructor)}";
                    break;
                case IMethodSymbol { MethodKind: MethodKind.Ordinary } method:
                    yield return $"{target}.{method.Name}{Arguments(method)}";
                    break;
                case IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: true } property:
                    yield return $"_ = {target}.{property.Name}";
                    break;
            }
        }
    }

    private static IEnumerable<string> Promised(INamedTypeSymbol type)
    {
        INamedTypeSymbol promise = type.Interfaces.Single();
        foreach (ISymbol member in promise.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                yield return $"(({Name(promise)}){Bare(type)}).{method.Name}{Arguments(method)}";
            }
            else if (member is IPropertySymbol property)
            {
                yield return $"_ = (({Name(promise)}){Bare(type)}).{property.Name}";
            }
        }
    }

    private static string Bare(INamedTypeSymbol type) =>
        $"(({Name(type)})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({Name(type)})))";

    private static string Arguments(IMethodSymbol method) => $"({string.Join(", ", method.Parameters.Select(Argument))})";

    private static string Argument(IParameterSymbol parameter) => parameter.Type.SpecialType == SpecialType.System_Int32
        ? "1"
        : $"default({Name(parameter.Type)}){(parameter.Type.IsReferenceType ? "!" : "")}";

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
