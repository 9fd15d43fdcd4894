using System.Collections.Immutable;
using CompiledDnn.Generator.Tests.Incrementality;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>A project after the generator has run over it.</summary>
internal sealed class GeneratorRun
{
    private readonly Compilation _output;

    private GeneratorRun(Compilation output, GeneratorDriverRunResult result)
    {
        _output = output;
        Result = result;
    }

    /// <summary>What the generator made.</summary>
    public GeneratorDriverRunResult Result { get; }

    /// <summary>The project with the emitted files.</summary>
    public Compilation Output => _output;

    /// <summary>The emitted files by their hint names.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        Result.Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>The one emitted file.</summary>
    public string File => Assert.Single(Files).Value;

    /// <summary>
    /// Runs the generator over a project in which nothing is wrong: neither it nor the compiler says anything, not even a warning, and a
    /// second run does nothing again.
    /// </summary>
    public static GeneratorRun Of(params string[] sources) => Of(UserProject.Of(sources));

    /// <inheritdoc cref="Of(string[])"/>
    public static GeneratorRun Of(CSharpCompilation project)
    {
        GeneratorRun run = Unchecked(project);
        Assert.Empty(run.Result.Diagnostics);
        ImmutableArray<Diagnostic> visible = UserProject.Visible(run._output);
        Assert.True(visible.IsEmpty, Explain(visible, run));
        return run;
    }

    /// <summary>Runs the generator over a project that may be wrong. Also here a second run does nothing again.</summary>
    public static GeneratorRun Unchecked(CSharpCompilation project)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        GeneratorDriver driver = CreateDriver().RunGeneratorsAndUpdateCompilation(project, out Compilation output, out _, cancellationToken);
        GeneratorDriverRunResult result = driver.GetRunResult();
        Assert.Null(Assert.Single(result.Results).Exception);
        Steps.AssertNothingIsDoneAgain(driver.RunGenerators(project.Clone(), cancellationToken).GetRunResult());
        return new(output, result);
    }

    /// <summary>A driver that keeps what each step did.</summary>
    public static GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: UserProject.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Loads the compiled project.</summary>
    public LoadedProject Load() => LoadedProject.Of(_output);

    private static string Explain(ImmutableArray<Diagnostic> diagnostics, GeneratorRun run) =>
        string.Join("\n", diagnostics.Take(20).Select(diagnostic => $"{diagnostic}\n    {Line(diagnostic.Location)}"))
        + $"\n{diagnostics.Length} in all; files: {string.Join(", ", run.Files.Keys)}";

    private static string? Line(Location location) =>
        location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().Trim();
}
