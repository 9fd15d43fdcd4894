using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>What runs again after an edit: no more than what changed.</summary>
public class IncrementalityTests
{
    private const string Net =
        """
        using CompiledDnn;

        namespace Samples;

        [Network(8, 4, 2)]
        internal sealed partial class Net;
        """;

    [Fact]
    public void An_edit_in_another_file_changes_nothing()
    {
        GeneratorDriverRunResult result = RunTwice([Net, "class Other;"], [Net, "class Other { int Added; }"]);

        Assert.Equal([Unchanged], Steps.Reasons(result, TrackingNames.Parse));
        Assert.Equal([Cached], Steps.OutputReasons(result));
    }

    [Fact]
    public void A_new_file_changes_nothing()
    {
        GeneratorDriverRunResult result = RunTwice([Net], [Net, "class Other;"]);

        Assert.Equal([Unchanged], Steps.Reasons(result, TrackingNames.Parse));
        Assert.Equal([Cached], Steps.OutputReasons(result));
    }

    [Theory]
    [InlineData("using CompiledDnn;", "// A comment.\nusing CompiledDnn;")]
    [InlineData("[Network(8, 4, 2)]", "[Network(8, /* hidden */ 4, 2)]")]
    [InlineData("Net;", "Net // a comment\n{\n}")]
    [InlineData("Net;", "Net\n{\n    internal int Own => 1;\n}")]
    [InlineData("namespace Samples;", "namespace Samples;\n\n\n\n")]
    [InlineData("[Network(8, 4, 2)]", "internal class Before;\n\n[Network(8, 4, 2)]")]
    [InlineData("[Network(8, 4, 2)]", "[Network(8, 2 + 2, 2)]")]
    [InlineData("[Network(8, 4, 2)]", "[Network(8, 4, 2, Hidden = Activation.ReLU)]")]
    public void An_edit_that_asks_for_the_same_emits_nothing_again(string old, string @new)
    {
        string edited = Net.Replace(old, @new, StringComparison.Ordinal);
        Assert.NotEqual(Net, edited);

        GeneratorDriverRunResult result = RunTwice([Net], [edited]);

        Assert.Equal([Unchanged], Steps.Reasons(result, TrackingNames.Parse));
        Assert.Equal([Cached], Steps.Reasons(result, TrackingNames.Spec));
        Assert.Equal([Cached], Steps.OutputReasons(result));
    }

    [Theory]
    [InlineData("8, 4, 2", "8, 5, 2")]
    [InlineData("8, 4, 2", "8, 4, 4, 2")]
    [InlineData("8, 4, 2", "8, 4, 2, Hidden = Activation.Tanh")]
    [InlineData("8, 4, 2", "8, 4, 2, Precision = Precision.Double")]
    [InlineData("8, 4, 2", "8, 4, 0")]
    public void A_changed_value_emits_the_file_again(string old, string @new)
    {
        GeneratorDriverRunResult result = RunTwice([Net], [Net.Replace(old, @new, StringComparison.Ordinal)]);

        Assert.Equal([Modified], Steps.Reasons(result, TrackingNames.Parse));
        Assert.Equal([Modified], Steps.Reasons(result, TrackingNames.Spec));
        Assert.Equal([Modified], Steps.OutputReasons(result));
    }

    [Fact]
    public void A_change_to_one_network_leaves_the_others_alone()
    {
        const string Other = "[CompiledDnn.Network(3, 1)] internal partial class Other;";

        GeneratorDriverRunResult result = RunTwice([Other, Net], [Other, Net.Replace("8, 4", "8, 5", StringComparison.Ordinal)]);

        Assert.Equal([Unchanged, Modified], Steps.Reasons(result, TrackingNames.Parse));
        Assert.Equivalent(new[] { Cached, Modified }, Steps.OutputReasons(result), strict: true);
    }

    [Fact]
    public void A_custom_activation_that_changes_its_kind_emits_the_file_again()
    {
        string net = "[CompiledDnn.Network(3, 3, 1, HiddenType = typeof(Own.Swish<>))] internal partial class Net;";
        string edited = Sources.Swish
            .Replace("IDerivativeFromInput", "IDerivativeFromOutput", StringComparison.Ordinal)
            .Replace("DerivativeFromInput<", "DerivativeFromOutput<", StringComparison.Ordinal);

        GeneratorDriverRunResult result = RunTwice([net, Sources.Swish], [net, edited]);

        Assert.Equal([Modified], Steps.OutputReasons(result));
    }

    [Fact]
    public void A_network_that_is_deleted_loses_its_file()
    {
        GeneratorDriverRunResult result = RunTwice([Net], [Net.Replace("[Network(8, 4, 2)]", "", StringComparison.Ordinal)]);

        Assert.Equal([Removed], Steps.Reasons(result, TrackingNames.Spec));
        Assert.Empty(result.GeneratedTrees);
    }

    [Fact]
    public void A_class_that_becomes_right_gets_a_file_and_loses_its_refusal()
    {
        GeneratorDriverRunResult result = RunTwice([Net.Replace("partial ", "", StringComparison.Ordinal)], [Net]);

        Assert.Equal([New], Steps.Reasons(result, TrackingNames.Spec));
        Assert.Equal([Removed], Steps.Reasons(result, TrackingNames.Refusal));
        Assert.Empty(result.Diagnostics);
        Assert.Single(result.GeneratedTrees);
    }

    [Fact]
    public void A_refused_class_is_refused_again_only_where_it_moves()
    {
        string refused = Net.Replace("partial ", "", StringComparison.Ordinal);

        Assert.Equal([Cached], Steps.OutputReasons(RunTwice([refused, "class Other;"], [refused, "class Another;"])));

        GeneratorDriverRunResult moved = RunTwice([refused], ["\n" + refused]);
        Assert.Equal([Modified], Steps.OutputReasons(moved));
        Assert.Equal(6, Assert.Single(moved.Diagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void A_refused_class_beside_a_network_does_not_make_it_emit_again()
    {
        const string Refused = "[CompiledDnn.Network(3, 1)] internal class Refused;";

        GeneratorDriverRunResult result = RunTwice([Net, Refused], [Net, "\n\n" + Refused.Replace("3, 1", "4, 1", StringComparison.Ordinal)]);

        Assert.Equal([Cached], Steps.Reasons(result, TrackingNames.Spec));
        Assert.Equal([Modified], Steps.Reasons(result, TrackingNames.Refusal));
        Assert.Equivalent(new[] { Cached, Modified }, Steps.OutputReasons(result), strict: true);
    }

    // The second run sees the second sources, file by file.
    private static GeneratorDriverRunResult RunTwice(string[] first, string[] second)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        CSharpCompilation before = UserProject.Of(first);
        CSharpCompilation after = before;
        for (int i = 0; i < second.Length; i++)
        {
            if (i >= first.Length)
            {
                after = after.AddSyntaxTrees(UserProject.Parse(second[i], $"/src/File{i + 1}.cs"));
            }
            else if (first[i] != second[i])
            {
                SyntaxTree old = before.SyntaxTrees[i];
                after = after.ReplaceSyntaxTree(old, UserProject.Parse(second[i], old.FilePath));
            }
        }

        return GeneratorRun.CreateDriver().RunGenerators(before, cancellationToken).RunGenerators(after, cancellationToken).GetRunResult();
    }
}
