using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using CompiledDnn.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>
/// A project with the default settings of a new one, made stricter: nullable, warnings as errors at the highest level, documentation
/// checked, no unsafe code.
/// </summary>
internal static class UserProject
{
    /// <summary>How its sources are read.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static CSharpCompilationOptions CompilationOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        allowUnsafe: false);

    private static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location),
    ];

    /// <summary>Sources before the generator has run.</summary>
    public static CSharpCompilation Of(params string[] sources) => CSharpCompilation.Create(
        "UserProject",
        sources.Select((source, i) => Parse(source, $"/src/File{i + 1}.cs")),
        References,
        CompilationOptions);

    /// <summary>One source file.</summary>
    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>What the compiler says that a person would see.</summary>
    public static ImmutableArray<Diagnostic> Visible(Compilation compilation) =>
        [.. compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)];

    /// <summary>The same with what the analyzer says, as a build prints it.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Build(Compilation compilation)
    {
        var withAnalyzer = Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzerExtensions.WithAnalyzers(compilation, [new NetworkAnalyzer()]);
        ImmutableArray<Diagnostic> all = await withAnalyzer.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. all.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)];
    }
}
