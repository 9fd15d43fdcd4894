using System.Collections.Immutable;
using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>A project built with generator and analyzer, as the command-line compiler does.</summary>
internal sealed class Build
{
    private Build(GeneratorRun run, ImmutableArray<Diagnostic> diagnostics)
    {
        Run = run;
        Diagnostics = diagnostics;
    }

    public GeneratorRun Run { get; }

    /// <summary>All errors and warnings that a user sees.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Their ids, each once, in order.</summary>
    public IReadOnlyList<string> Ids => [.. Diagnostics.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Builds a project of these files.</summary>
    public static async Task<Build> Of(params string[] sources)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        GeneratorRun run = GeneratorRun.Of(sources);
        Assert.Null(run.Result.Results.Single().Exception);
        return new(run, [.. (await See(run, token)).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)]);
    }

    // The compiler stops after the parser and after the declarations if these have errors: then no analyzer is heard.
    private static async Task<ImmutableArray<Diagnostic>> See(GeneratorRun run, CancellationToken token)
    {
        CSharpCompilation output = run.Output;
        ImmutableArray<Diagnostic> parsing = output.GetParseDiagnostics(token);
        if (HasErrors(parsing))
        {
            return parsing;
        }

        ImmutableArray<Diagnostic> declarations = output.GetDeclarationDiagnostics(token);
        if (HasErrors(declarations))
        {
            return [.. run.Result.Diagnostics, .. declarations];
        }

        ImmutableArray<Diagnostic> all = await output.WithAnalyzers([new NetworkAnalyzer()]).GetAllDiagnosticsAsync(token);
        return [.. run.Result.Diagnostics, .. all];
    }

    private static bool HasErrors(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
