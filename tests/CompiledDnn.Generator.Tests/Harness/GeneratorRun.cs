using System.Collections.Immutable;
using CompiledDnn.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>
/// The generator run over a user's project: its result, and the compilation with what it emitted. Every run is done twice, the second
/// time on a copy of the same compilation, and must then have done nothing.
/// </summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;

    private GeneratorRun(GeneratorDriver driver, CSharpCompilation input)
    {
        _driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _, CancellationToken);
        Input = input;
        Output = (CSharpCompilation)output;
        Result = _driver.GetRunResult();
        Texts = Result.Results.Single().GeneratedSources.ToImmutableSortedDictionary(
            source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);
        AssertNothingChanged(_driver.RunGenerators(input.Clone(), CancellationToken).GetRunResult());
    }

    /// <summary>The user's project without what was emitted.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>The user's project with what was emitted.</summary>
    public CSharpCompilation Output { get; }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>The emitted files by their hint names.</summary>
    public ImmutableSortedDictionary<string, string> Texts { get; }

    /// <summary>The one emitted file.</summary>
    public string Text => Assert.Single(Texts).Value;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Runs the generator over a project of these files.</summary>
    public static GeneratorRun Of(params string[] sources) => Of(Project.Create(sources));

    /// <summary>Runs the generator over a compilation.</summary>
    public static GeneratorRun Of(CSharpCompilation input) => Of(input, []);

    /// <summary>Runs the generator over a compilation with additional files.</summary>
    public static GeneratorRun Of(CSharpCompilation input, params AdditionalText[] files)
    {
        var options = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()], files, parseOptions: Project.ParseOptions, driverOptions: options);
        return new GeneratorRun(driver, input);
    }

    /// <summary>Runs the same generator again after an edit, so that the steps of <see cref="Result"/> say what changed.</summary>
    public GeneratorRun After(CSharpCompilation edited) => new(_driver, edited);

    /// <summary>Runs the same generator again after one file got another text.</summary>
    /// <param name="file">Which file, counted from 0 as given to <see cref="Of(string[])"/>.</param>
    /// <param name="source">Its new text.</param>
    public GeneratorRun After(int file, string source)
    {
        SyntaxTree before = Input.SyntaxTrees.Single(tree => tree.FilePath == Project.FileName(file));
        return After(Input.ReplaceSyntaxTree(before, Project.ParseFile(source, before.FilePath)));
    }

    /// <summary>Runs the same generator again after an additional file got another text.</summary>
    public GeneratorRun After(AdditionalText before, AdditionalText after) => new(_driver.ReplaceAdditionalText(before, after), Input);

    /// <summary>Why a step of the pipeline ran or did not, one reason for each of its outputs.</summary>
    public ImmutableArray<IncrementalStepRunReason> Reasons(string trackingName) =>
        Result.Results.Single().TrackedSteps.TryGetValue(trackingName, out ImmutableArray<IncrementalGeneratorRunStep> steps)
            ? [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)]
            : [];

    /// <summary>The reasons of the outputs: the emitted files and the diagnostics.</summary>
    public ImmutableArray<IncrementalStepRunReason> OutputReasons() => OutputReasons(Result);

    /// <summary>What the compiler and the generator say of the project, but for hidden hints.</summary>
    public ImmutableArray<Diagnostic> Diagnostics() =>
    [
        .. Output.GetDiagnostics(CancellationToken)
            .Concat(Result.Diagnostics)
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden),
    ];

    /// <summary>Fails if the compiler or the generator reports anything, and if the generator emitted nothing.</summary>
    public GeneratorRun Clean()
    {
        Assert.NotEmpty(Texts);
        Assert.Empty(Diagnostics());
        return this;
    }

    /// <summary>Compiles and loads the project; fails if anything is reported.</summary>
    public LoadedProject Load() => new(Clean().Output);

    private static void AssertNothingChanged(GeneratorDriverRunResult again) =>
        Assert.All(OutputReasons(again), reason => Assert.Contains(
            reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));

    private static ImmutableArray<IncrementalStepRunReason> OutputReasons(GeneratorDriverRunResult result) =>
    [
        .. result.Results.Single().TrackedOutputSteps.Values
            .SelectMany(steps => steps)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason),
    ];
}
