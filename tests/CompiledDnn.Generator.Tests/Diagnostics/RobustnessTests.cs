using System.Collections.Immutable;
using CompiledDnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace CompiledDnn.Generator.Tests.Diagnostics;

/// <summary>Sources that do not compile: the compiler says so, the analyzer neither fails nor adds to it.</summary>
public class RobustnessTests
{
    [Theory]
    [InlineData("[Network(\"four\", 1)] partial class Net;")]
    [InlineData("[Network(4, 1.5)] partial class Net;")]
    [InlineData("[Network(4, Unknown, 1)] partial class Net;")]
    [InlineData("[Network(4, )] partial class Net;")]
    [InlineData("[Network(4, 1] partial class Net;")]
    [InlineData("[Network(4, 1, Hidden = )] partial class Net;")]
    [InlineData("[Network(4, 1, Hidden = Activation.Unknown)] partial class Net;")]
    [InlineData("[Network(4, 1, OutputType = typeof(Unknown<>))] partial class Net;")]
    [InlineData("[Network(4, 1, OutputType = typeof(ReLU<Unknown>))] partial class Net;")]
    [InlineData("[Network(4, 1, OutputType = typeof(ReLU<,,>))] partial class Net;")]
    [InlineData("[Network(4, 1, Unknown = 3)] partial class Net;")]
    [InlineData("[Network(4, 1, Alpha = \"much\")] partial class Net;")]
    [InlineData("[Network(4, 1, Alpha = new[] { 1.0 })] partial class Net;")]
    [InlineData("[Network(4, 1)] [Layer] partial class Net;")]
    [InlineData("[Network(4, 1)] [Layer(\"one\")] partial class Net;")]
    [InlineData("[Network(4, 1)] partial class Net : Unknown;")]
    [InlineData("[Network(4, 1)] interface INet;")]
    [InlineData("[Network(4, 1)] enum Net { }")]
    [InlineData("[Network(4, 1)] partial class")]
    [InlineData("[Network(4, 1)] partial class Net {")]
    [InlineData("[Network(4, 1)]")]
    [InlineData("class C { [Network(4, 1)] void M() { } }")]
    [InlineData("[Network(4, 1)] partial class Net { Net(Unknown x) : this( { } }")]
    public async Task Errors_of_the_compiler_are_left_to_the_compiler(string source)
    {
        CSharpCompilation compilation = Compile(source, References.All);
        Assert.Contains(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        Assert.Empty(await Analyze(compilation));
    }

    [Theory]
    [InlineData("[Network(4, Unknown, 1)] partial class Net;")]
    [InlineData("[Network(4, 1, OutputType = typeof(Unknown<>))] partial class Net;")]
    [InlineData("[Network(4, 3, 1, HiddenType = typeof(Unknown<>))] partial class Net;")]
    [InlineData("[Network(4, 1, LossType = typeof(Unknown<>))] partial class Net;")]
    [InlineData("[Network(4, 1)] [Layer(\"one\")] partial class Net;")]
    public void A_network_whose_attribute_does_not_compile_keeps_its_members(string source)
    {
        ParseResult result = ParseNet(Compile(source, References.All));

        Assert.NotNull(result.Spec);
        Assert.StartsWith("CDNN00", result.Spec.Failure, StringComparison.Ordinal);
        Assert.Null(result.Refusal);
    }

    [Fact]
    public async Task Without_the_runtime_nothing_is_reported() =>
        Assert.Empty(await Analyze(Compile("[Network(4, 0)] class Net;", References.Framework)));

    [Fact]
    public void A_runtime_without_the_default_activations_is_explained()
    {
        ParseResult result = ParseNet(Compile(
            "[Network(4, 1)] partial class Net; namespace CompiledDnn { class NetworkAttribute(params int[] sizes) : Attribute; }",
            References.Framework));

        Assert.All(result.Diagnostics, diagnostic => Assert.Equal("CDNN0019", diagnostic.Id));
        Assert.Contains("the referenced CompiledDnn has no type for it", result.Spec?.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attribute_of_that_name_from_elsewhere_is_none_of_ours() => Assert.Empty(await Analyze(Compile(
        "[Mine.Network(0)] class Net; namespace Mine { class NetworkAttribute(params int[] sizes) : Attribute; }",
        References.All)));

    [Fact]
    public async Task Generated_members_are_not_taken_for_the_users()
    {
        CSharpCompilation compilation = Compile("[Network(4, 1)] partial class Net { public Net(string path) : this() { } }", References.All)
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(
                "partial class Net { public Net(int seed = 0, CompiledDnn.Initializer? initializer = null) { } public const int InputSize = 4; public class Workspace; }",
                path: "/CompiledDnn.Generator/CompiledDnn.Generator.NetworkGenerator/Net.g.cs",
                cancellationToken: TestContext.Current.CancellationToken));

        Assert.Empty(await Analyze(compilation));
    }

    [Fact]
    public async Task The_same_members_in_a_file_of_the_users_are_taken_names()
    {
        CSharpCompilation compilation = Compile("[Network(4, 1)] partial class Net;", References.All)
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(
                "partial class Net { public const int InputSize = 4; }",
                path: "/NetworkGenerator/Net.cs",
                cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(["CDNN0020"], (await Analyze(compilation)).Select(diagnostic => diagnostic.Id));
    }

    private static CSharpCompilation Compile(string source, IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        "Test",
        [CSharpSyntaxTree.ParseText("using System; using CompiledDnn;\n" + source, path: "Test.cs")],
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    // An exception in the analyzer would come as AD0001.
    private static Task<ImmutableArray<Diagnostic>> Analyze(CSharpCompilation compilation) => compilation
        .WithAnalyzers([new NetworkAnalyzer()])
        .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    private static ParseResult ParseNet(CSharpCompilation compilation) => NetworkParser.Parse(
        (INamedTypeSymbol)compilation.GetSymbolsWithName("Net", SymbolFilter.Type).Single(),
        compilation,
        TestContext.Current.CancellationToken);
}
