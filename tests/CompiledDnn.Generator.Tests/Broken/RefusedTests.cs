using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>A class that cannot be extended: nothing is emitted, and the reason is heard whatever else the compiler says.</summary>
public class RefusedTests
{
    private const string Usings = "using CompiledDnn;\n";

    public static TheoryData<string, string, string> Cases => RefusedCases.All;

    [Fact]
    public void Every_diagnostic_of_a_class_has_a_case() => Assert.Equal(
        [.. Enumerable.Range(1, 9), 20],
        Cases.Select(row => int.Parse(row.Data.Item1["CDNN".Length..], null)).Distinct());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Where_nothing_else_is_named_the_errors_are_ours_alone(string id, string source, string workspace)
    {
        Build build = await Build.Of(Usings + source);

        Assert.NotEmpty(workspace);
        Assert.Empty(build.Run.Texts);
        Assert.All(build.Diagnostics, diagnostic => Assert.StartsWith("CDNN", diagnostic.Id, StringComparison.Ordinal));
        Assert.Contains(id, build.Ids);
        AssertExplained(build, id);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Where_the_workspace_is_the_type_of_a_field_our_id_is_still_seen(string id, string source, string workspace)
    {
        Build build = await Build.Of($"{Usings}{source}\ninternal static class User {{ internal static {workspace}? State = null; }}");

        Assert.Contains(build.Ids, name => name.StartsWith("CS", StringComparison.Ordinal));
        Assert.DoesNotContain(id, build.Ids);
        AssertExplained(build, id);
    }

    [Fact]
    public async Task A_class_that_is_refused_leaves_another_network_of_the_project_alone()
    {
        Build build = await Build.Of("[CompiledDnn.Network(4, 1)] class Refused;", "[CompiledDnn.Network(4, 1)] partial class Net;");

        Assert.Equal(["CDNN0001", "CDNN0100"], build.Ids);
        Assert.Equal(["Net.g.cs"], build.Run.Texts.Keys);
    }

    [Fact]
    public async Task A_class_that_is_refused_and_wrong_too_is_refused_once()
    {
        Build build = await Build.Of("using CompiledDnn;\n[Network(4, 0)] class Net;\n");

        Assert.Equal(["CDNN0001", "CDNN0011", "CDNN0100"], build.Ids);
        AssertExplained(build, "CDNN0001");
    }

    // The generator's own error says why, with the analyzer's id.
    private static void AssertExplained(Build build, string id)
    {
        Diagnostic nothing = Assert.Single(build.Diagnostics, diagnostic => diagnostic.Id == "CDNN0100");
        Assert.Equal(DiagnosticSeverity.Error, nothing.Severity);
        Assert.Contains($": {id}: ", nothing.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("File0.cs", nothing.Location.GetLineSpan().Path);
    }
}
