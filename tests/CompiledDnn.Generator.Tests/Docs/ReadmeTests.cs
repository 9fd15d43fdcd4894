using System.Reflection;
using System.Text.RegularExpressions;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Tests.Diagnostics;
using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Generator.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Docs;

/// <summary>What the README shows is what the generator does.</summary>
public partial class ReadmeTests
{
    private static readonly string s_readme = Repository.Read("README.md");

    [Fact]
    public void The_excerpt_is_in_the_emitted_file_of_the_sample()
    {
        Match excerpt = EmittedExcerpt().Match(s_readme);
        Assert.True(excerpt.Success, "README.md has no excerpt of emitted code.");
        NetworkSpec spec = Parse.Spec(Repository.Read("samples", "Tumours", "TumourClassifier.cs"), "TumourClassifier");
        string emitted = NetworkEmitter.Emit(spec);

        string[] passages = excerpt.Groups["code"].Value.Split("// ...\n").Select(Unindent).ToArray();

        Assert.True(passages.Length >= 3, "The excerpt is meant to show several passages of the file.");
        string file = Unindent(emitted);
        Assert.All(passages, passage => Assert.Contains(passage.Trim(), file, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_of_training_compiles()
    {
        Match example = WholeProgram().Match(s_readme);
        Assert.True(example.Success, "README.md has no whole program.");
        CSharpCompilation project = Harness.Project.Create(example.Groups["code"].Value)
            .AddReferences(MetadataReference.CreateFromFile(typeof(TrainingHistory).Assembly.Location));
        CSharpCompilationOptions program = project.Options
            .WithOutputKind(OutputKind.ConsoleApplication)
            .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]);   // an example is not documented

        Assert.Contains("Fit(", GeneratorRun.Of(project.WithOptions(program)).Clean().Input.SyntaxTrees[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_diagnostics_is_complete_and_true()
    {
        IEnumerable<string> expected = typeof(DiagnosticDescriptors)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(member => member.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)
            .Select(descriptor => Row(
                descriptor.Id, $"{descriptor.DefaultSeverity}", descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        // What the build itself reports has no descriptor: its page says what it is.
        expected = expected.Concat(DescriptorTests.OfTheBuild.Select(id => BuildPage().Match(Repository.Read("generator", "docs", $"{id}.md")))
            .Select(page => Row(page.Groups["id"].Value, page.Groups["severity"].Value, page.Groups["title"].Value)));

        Assert.Equal(expected, DiagnosticRow().Matches(s_readme).Select(row => row.Value));
    }

    [Fact]
    public void Every_path_that_is_named_exists()
    {
        string[] paths = [.. RepositoryPath().Matches(s_readme).Select(match => match.Groups["path"].Value).Distinct()];

        Assert.Contains("samples/Digits", paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), $"README.md names {path}, which is not there."));
    }

    private static string Row(string id, string severity, string title) => $"| [{id}](generator/docs/{id}.md) | {severity} | {title} |";

    // The same text wherever it is nested.
    private static string Unindent(string code) =>
        string.Join("\n", code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"<!-- emitted from samples/Tumours; [^\n]*-->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex EmittedExcerpt();

    [GeneratedRegex(@"^# (?<id>CDNN\d+): (?<title>[^\n]*)\n\n(?<severity>\w+)")]
    private static partial Regex BuildPage();

    [GeneratedRegex(@"<!-- a whole program; [^\n]*-->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex WholeProgram();

    [GeneratedRegex(@"^\| \[CDNN\d+\].*\|$", RegexOptions.Multiline)]
    private static partial Regex DiagnosticRow();

    [GeneratedRegex(@"(?<![\w/.])(?<path>(src|generator|samples|tests)/[\w./]*\w)")]
    private static partial Regex RepositoryPath();
}
