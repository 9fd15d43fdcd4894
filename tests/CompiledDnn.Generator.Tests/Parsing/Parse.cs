using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Parsing;
using CompiledDnn.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Parsing;

/// <summary>Runs the parser alone over a source with a class of the given name.</summary>
internal static class Parse
{
    public static ParseResult Result(string source, string name = "Net")
    {
        CSharpCompilation compilation = Compile(source);
        return NetworkParser.Parse(
            (INamedTypeSymbol)compilation.GetSymbolsWithName(name, SymbolFilter.Type).Single(type => !type.GetAttributes().IsEmpty),
            compilation,
            TestContext.Current.CancellationToken);
    }

    public static NetworkSpec Spec(string source, string name = "Net")
    {
        NetworkSpec? spec = Result(source, name).Spec;
        Assert.NotNull(spec);
        return spec;
    }

    public static CSharpCompilation Compile(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            NetworkTest.Usings + source, path: "Test.cs", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], References.All, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return compilation;
    }
}
