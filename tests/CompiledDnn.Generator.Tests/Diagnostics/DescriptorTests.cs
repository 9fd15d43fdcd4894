using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Tests.Docs;
using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace CompiledDnn.Generator.Tests.Diagnostics;

/// <summary>Descriptors, help pages and release files say the same.</summary>
public partial class DescriptorTests
{
    private static readonly string s_generator = Path.Combine(Repository.Root, "generator");

    /// <summary>What MSBuild reports: the targets and the task.</summary>
    internal static readonly string[] OfTheBuild = ["CDNN0200", "CDNN0201", "CDNN0202", "CDNN0203"];

    // Pages about weights say that the file has these sizes.
    private static readonly WeightsFile s_weights = WeightsFile.Of("Net", "net.safetensors", 30, 8, 1);

    public static TheoryData<string> Ids { get; } = [.. All.Select(descriptor => descriptor.Id)];

    private static IEnumerable<DiagnosticDescriptor> All => typeof(DiagnosticDescriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(member => member.GetValue(null))
        .OfType<DiagnosticDescriptor>();

    [Fact]
    public void Every_id_is_used_once() => Assert.Distinct(All.Select(descriptor => descriptor.Id));

    [Fact]
    public void The_analyzer_supports_every_diagnostic_but_the_generators_own() => Assert.Equal(
        All.Where(descriptor => descriptor != DiagnosticDescriptors.NothingGenerated && descriptor != DiagnosticDescriptors.WeightsOfNoNetwork),
        new NetworkAnalyzer().SupportedDiagnostics);

    [Fact]
    public void Every_page_belongs_to_a_descriptor() => Assert.Equal(
        All.Select(descriptor => descriptor.Id).Concat(OfTheBuild).Select(id => $"{id}.md").Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(s_generator, "docs"), "CDNN*").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_of_the_build_is_one_of_the_targets_or_the_task()
    {
        string texts = Repository.Read("src", "CompiledDnn", "build", "CompiledDnn.targets")
            + Repository.Read("src", "CompiledDnn.Build", "ReadNetworkWeights.cs");

        Assert.Equal(OfTheBuild, BuildCode().Matches(texts).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.All(OfTheBuild, id => Assert.StartsWith($"# {id}: ", Page(id), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_descriptor_has_a_page_a_link_and_a_line_in_a_release_file(string id)
    {
        DiagnosticDescriptor descriptor = All.Single(descriptor => descriptor.Id == id);
        string title = descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.StartsWith($"# {id}: {title}\n\n{descriptor.DefaultSeverity}.", Page(id), StringComparison.Ordinal);
        Assert.EndsWith($"/generator/docs/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Single(
            ReleaseLines(),
            line => line == $"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {title}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_of_a_page_is_reported_and_its_fix_is_not(string id)
    {
        MatchCollection blocks = CodeBlock().Matches(Page(id));
        Assert.Equal(2, blocks.Count);

        ImmutableArray<AdditionalText> files = Page(id).Contains("<NetworkWeights", StringComparison.Ordinal) ? [s_weights] : [];

        Assert.Contains(id, await ReportedBy(blocks[0].Groups[1].Value, files));
        Assert.Empty(await ReportedBy(blocks[1].Groups[1].Value, files));
    }

    // By the analyzer, and by the generator itself.
    private static async Task<IEnumerable<string>> ReportedBy(string source, ImmutableArray<AdditionalText> files)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            NetworkTest.Usings + source, path: "Test.cs", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], References.All, new(OutputKind.DynamicallyLinkedLibrary));
        var diagnostics = await compilation.WithAnalyzers([new NetworkAnalyzer()], new AnalyzerOptions(files))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        IEnumerable<Diagnostic> generators = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], files)
            .RunGenerators(compilation, TestContext.Current.CancellationToken)
            .GetRunResult()
            .Diagnostics;
        return [.. diagnostics.Concat(generators).Select(diagnostic => diagnostic.Id)];
    }

    private static string Page(string id) => File.ReadAllText(Path.Combine(s_generator, "docs", $"{id}.md"));

    private static IEnumerable<string> ReleaseLines() =>
        Directory.GetFiles(Path.Combine(s_generator, "CompiledDnn.Generator"), "AnalyzerReleases.*.md").SelectMany(File.ReadLines);

    [GeneratedRegex("CDNN02[0-9]+")]
    private static partial Regex BuildCode();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
