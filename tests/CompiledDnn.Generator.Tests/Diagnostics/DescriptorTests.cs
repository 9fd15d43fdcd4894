using System.Reflection;
using System.Text.RegularExpressions;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Tests.Docs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace CompiledDnn.Generator.Tests.Diagnostics;

/// <summary>Descriptors, help pages and release files say the same.</summary>
public partial class DescriptorTests
{
    private static readonly string s_generator = Path.Combine(Repository.Root, "generator");

    public static TheoryData<string> Ids { get; } = [.. All.Select(descriptor => descriptor.Id)];

    private static IEnumerable<DiagnosticDescriptor> All => typeof(DiagnosticDescriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(member => member.GetValue(null))
        .OfType<DiagnosticDescriptor>();

    [Fact]
    public void Every_id_is_used_once() => Assert.Distinct(All.Select(descriptor => descriptor.Id));

    [Fact]
    public void The_analyzer_supports_every_diagnostic_but_the_generators_own() => Assert.Equal(
        All.Where(descriptor => descriptor != DiagnosticDescriptors.NothingGenerated),
        new NetworkAnalyzer().SupportedDiagnostics);

    [Fact]
    public void Every_page_belongs_to_a_descriptor() => Assert.Equal(
        All.Select(descriptor => $"{descriptor.Id}.md").Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(s_generator, "docs"), "CDNN*").Select(Path.GetFileName).Order(StringComparer.Ordinal));

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

        Assert.Contains(id, await ReportedBy(blocks[0].Groups[1].Value));
        Assert.Empty(await ReportedBy(blocks[1].Groups[1].Value));
    }

    // What the generator reports as CDNN0100 is that the parser refuses the class.
    private static async Task<IEnumerable<string>> ReportedBy(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            NetworkTest.Usings + source, path: "Test.cs", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], References.All, new(OutputKind.DynamicallyLinkedLibrary));
        var diagnostics = await compilation.WithAnalyzers([new NetworkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        bool isRefused = compilation.GetSymbolsWithName("Net", SymbolFilter.Type, TestContext.Current.CancellationToken)
            .OfType<INamedTypeSymbol>()
            .Any(type => Generator.Parsing.NetworkParser.Parse(type, compilation, TestContext.Current.CancellationToken).Refusal is not null);
        return [.. diagnostics.Select(diagnostic => diagnostic.Id), .. isRefused ? ["CDNN0100"] : Array.Empty<string>()];
    }

    private static string Page(string id) => File.ReadAllText(Path.Combine(s_generator, "docs", $"{id}.md"));

    private static IEnumerable<string> ReleaseLines() =>
        Directory.GetFiles(Path.Combine(s_generator, "CompiledDnn.Generator"), "AnalyzerReleases.*.md").SelectMany(File.ReadLines);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
