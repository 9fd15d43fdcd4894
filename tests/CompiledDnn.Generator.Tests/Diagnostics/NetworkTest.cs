using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Diagnostics;

/// <summary>
/// Runs the analyzer over a source that uses the real runtime. The testing package also runs it under a pragma that disables every
/// reported id, and as generated code, and expects nothing.
/// </summary>
internal sealed class NetworkTest : CSharpAnalyzerTest<NetworkAnalyzer, DefaultVerifier>
{
    /// <summary>Put before every source, so that the tests can be short.</summary>
    public const string Usings = "using System; using CompiledDnn;\n";

    public NetworkTest(string source)
    {
        TestCode = Usings + source;
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(References.All);
    }

    /// <summary>Expects the diagnostics, each at the place marked {|#i:...|} in the order given, and no others.</summary>
    public static Task Reports(string source, params DiagnosticResult[] expected)
    {
        var test = new NetworkTest(source);
        for (int i = 0; i < expected.Length; i++)
        {
            test.ExpectedDiagnostics.Add(expected[i].WithLocation(i));
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Expects nothing at all, not even from the compiler.</summary>
    public static Task Accepts(string source) => Reports(source);

    /// <summary>An expected diagnostic. Its message's first argument, the class, is Net.</summary>
    public static DiagnosticResult Result(DiagnosticDescriptor descriptor, params object[] arguments) =>
        new DiagnosticResult(descriptor).WithArguments(["Net", .. arguments]);

    /// <summary>Expects nothing of a class with this attribute list.</summary>
    public static Task AcceptsAttributes(string attributes) => Accepts($"{attributes}\npartial class Net;");

    /// <summary>Expects the diagnostics of a class with this attribute list.</summary>
    public static Task AttributesReport(string attributes, params DiagnosticResult[] expected) =>
        Reports($"{attributes}\npartial class Net;", expected);

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    protected override CompilationOptions CreateCompilationOptions() =>
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
}
