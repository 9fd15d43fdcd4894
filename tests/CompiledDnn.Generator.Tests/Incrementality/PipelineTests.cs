using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>What runs again after an edit, and what does not.</summary>
public class PipelineTests
{
    private const string Network = "using CompiledDnn;\n[Network(4, 3, 1)]\npartial class Net;\n";
    private const string Second = "[CompiledDnn.Network(2, 1)] partial class Second;";

    [Fact]
    public void The_first_run_is_new()
    {
        GeneratorRun run = GeneratorRun.Of(Network);

        Assert.Equal([New], run.Reasons(TrackingNames.Parse));
        Assert.Equal([New], run.Reasons(TrackingNames.Spec));
        Assert.Empty(run.Reasons(TrackingNames.Refusal));
        Assert.Equal([New], run.OutputReasons());
    }

    [Theory]
    [InlineData("class Other { int Length() => 1; }")]
    [InlineData("class Renamed;")]
    [InlineData("")]
    [InlineData("class Incomplete {")]
    public void An_unrelated_edit_in_another_file_does_nothing(string edited) =>
        AssertNothingEmitted(GeneratorRun.Of(Network, "class Other;").After(1, edited));

    [Theory]
    [InlineData("// a comment\n" + Network)]
    [InlineData("using CompiledDnn;\n/* before */ [Network(4, /* three */ 3, 1)] // after\npartial class Net; // end\n")]
    [InlineData("using CompiledDnn;\n/// <summary>A network.</summary>\n[Network(4, 3, 1)]\npartial class Net;\n")]
    [InlineData("\n\n\n\n" + Network)]
    [InlineData("class Before;\n[CompiledDnn.Network(4, 3, 1)] partial class Net;\n")]
    [InlineData("using CompiledDnn;\n[Network(4, 2 + 1, sizes)]\npartial class Net { private const int sizes = 1; }\n")]
    [InlineData("using CompiledDnn;\n[Network(4, 3, 1, Hidden = Activation.ReLU)]\npartial class Net { public int Own => 1; }\n")]
    [InlineData("using CompiledDnn;\npartial class Net;\n[Network(4, 3, 1)]\npartial class Net;\n")]
    public void A_comment_a_move_or_another_way_to_say_the_same_does_not_emit_again(string edited) =>
        AssertNothingEmitted(GeneratorRun.Of(Network).After(0, edited));

    [Theory]
    [InlineData("[Network(4, 5, 1)]\npartial class Net;")]
    [InlineData("[Network(4, 3, 3, 1)]\npartial class Net;")]
    [InlineData("[Network(4, 3, 1, Hidden = Activation.Tanh)]\npartial class Net;")]
    [InlineData("[Network(4, 3, 1, Precision = Precision.Double)]\npartial class Net;")]
    [InlineData("[Network(4, 3, 1), Layer(1, Activation = Activation.SiLU)]\npartial class Net;")]
    [InlineData("[Network(4, 3, 1)]\npublic partial class Net;")]
    [InlineData("[Network(4, 3, 1)]\nsealed partial class Net;")]
    [InlineData("[Network(4, 3)]\npartial class Net;")]
    [InlineData("[Network(4, -3, 1)]\npartial class Net;")]
    public void A_change_of_what_was_asked_for_emits_again(string edited)
    {
        GeneratorRun before = GeneratorRun.Of(Network);
        GeneratorRun run = before.After(0, "using CompiledDnn;\n" + edited);

        Assert.Equal([Modified], run.Reasons(TrackingNames.Parse));
        Assert.Equal([Modified], run.Reasons(TrackingNames.Spec));
        Assert.Equal([Modified], run.OutputReasons());
    }

    [Fact]
    public void A_changed_trait_in_another_file_emits_again()
    {
        static string Source(string initializer) => "using System; using CompiledDnn;\n"
            + $"[ActivationTraits(Initializer = DefaultInitializer.{initializer})]\n"
            + Diagnostics.CustomTypes.Activation();
        GeneratorRun before = GeneratorRun.Of("[CompiledDnn.Network(4, 3, 1, HiddenType = typeof(Own<>))] partial class Net;", Source("He"));

        GeneratorRun run = before.After(1, Source("LeCun"));

        Assert.Equal([Modified], run.Reasons(TrackingNames.Spec));
        Assert.Contains("DefaultInitializer.LeCun", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_networks_in_two_files_only_the_changed_one_is_emitted_again()
    {
        GeneratorRun run = GeneratorRun.Of(Network, Second).After(1, Second.Replace("2, 1", "2, 5", StringComparison.Ordinal));

        Assert.Equal([Modified], Not(run.Reasons(TrackingNames.Spec), Cached, Unchanged));
        Assert.Equal([Cached, Modified], InOrder(run.OutputReasons()));
    }

    [Fact]
    public void Of_two_networks_in_one_file_only_the_changed_one_is_emitted_again()
    {
        GeneratorRun run = GeneratorRun.Of(Network + Second).After(0, "// moved\n" + Network + Second.Replace("2, 1", "2, 5", StringComparison.Ordinal));

        Assert.Equal([Modified], Not(run.Reasons(TrackingNames.Spec), Cached, Unchanged));
        Assert.Equal([Cached, Modified], InOrder(run.OutputReasons()));
    }

    [Fact]
    public void A_network_that_is_added_leaves_the_other_as_it_is()
    {
        GeneratorRun run = GeneratorRun.Of(Network, "").After(1, Second);

        Assert.Equal([Cached, New], InOrder(run.OutputReasons()));
        Assert.Equal(["Net.g.cs", "Second.g.cs"], run.Texts.Keys);
    }

    [Fact]
    public void Without_the_attribute_the_output_is_gone()
    {
        GeneratorRun run = GeneratorRun.Of(Network, Second).After(1, "partial class Second;");

        Assert.Equal(["Net.g.cs"], run.Texts.Keys);
        Assert.Equal([Cached, Removed], InOrder(run.OutputReasons()));
    }

    [Fact]
    public void Without_the_file_the_output_is_gone()
    {
        GeneratorRun before = GeneratorRun.Of(Network);

        Assert.Empty(before.After(before.Input.RemoveSyntaxTrees(before.Input.SyntaxTrees[0])).Texts);
    }

    [Fact]
    public void An_emitted_file_does_not_change_what_the_parser_sees()
    {
        GeneratorRun run = GeneratorRun.Of(Network);

        Assert.Equal(run.Text, GeneratorRun.Of(run.Input).Text);
        AssertNothingEmitted(run.After(run.Input));
    }

    private static void AssertNothingEmitted(GeneratorRun run)
    {
        Assert.Single(run.Texts);
        Assert.All(run.Reasons(TrackingNames.Parse), reason => Assert.Contains(reason, new[] { Cached, Unchanged }));
        Assert.All(run.Reasons(TrackingNames.Spec), reason => Assert.Contains(reason, new[] { Cached, Unchanged }));
        Assert.Equal([Cached], run.OutputReasons());
    }

    private static IEnumerable<IncrementalStepRunReason> InOrder(IEnumerable<IncrementalStepRunReason> reasons) =>
        reasons.OrderBy(reason => reason.ToString(), StringComparer.Ordinal);

    private static IEnumerable<IncrementalStepRunReason> Not(IEnumerable<IncrementalStepRunReason> reasons, params IncrementalStepRunReason[] expected) =>
        reasons.Where(reason => !expected.Contains(reason));
}
