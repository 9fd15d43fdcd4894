using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>What the generator reports stays where the class is, however it moves.</summary>
public class RefusalTests
{
    private const string Refused = "[CompiledDnn.Network(4, 3, 1)] class Net;\n";

    [Fact]
    public void It_is_reported_at_the_name_of_the_class()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorRun.Of(Refused).Result.Diagnostics);

        Assert.Equal("CDNN0100", diagnostic.Id);
        Assert.StartsWith("No code was generated for 'Net': CDNN0001: 'Net' ", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("File0.cs: (0,37)-(0,40)", diagnostic.Location.GetLineSpan().ToString());
    }

    [Fact]
    public void A_class_that_moves_is_reported_at_its_new_place()
    {
        GeneratorRun run = GeneratorRun.Of(Refused).After(0, "\n\n\n  " + Refused);

        Assert.Equal([Modified], run.Reasons(TrackingNames.Refusal));
        Assert.Equal("File0.cs: (3,39)-(3,42)", Assert.Single(run.Result.Diagnostics).Location.GetLineSpan().ToString());
    }

    [Fact]
    public void An_unrelated_edit_does_not_report_again()
    {
        GeneratorRun run = GeneratorRun.Of(Refused, "class Other;").After(1, "class Renamed;");

        Assert.Equal([Cached], run.OutputReasons());
        Assert.Single(run.Result.Diagnostics);
    }

    [Fact]
    public void It_does_not_disturb_another_network_of_the_file()
    {
        const string Other = "[CompiledDnn.Network(2, 1)] partial class Other;\n";
        GeneratorRun run = GeneratorRun.Of(Refused + Other).After(0, "\n" + Refused + Other);

        Assert.Equal([Cached, Modified], run.OutputReasons().OrderBy(reason => reason.ToString(), StringComparer.Ordinal));
        Assert.Single(run.Result.Diagnostics);
        Assert.Single(run.Texts);
    }

    [Fact]
    public void A_class_that_is_mended_is_emitted_and_no_longer_reported()
    {
        GeneratorRun run = GeneratorRun.Of(Refused).After(0, Refused.Replace("class", "partial class", StringComparison.Ordinal));

        Assert.Empty(run.Result.Diagnostics);
        Assert.Single(run.Texts);
    }

    [Fact]
    public void A_class_that_breaks_is_reported_and_no_longer_emitted()
    {
        GeneratorRun run = GeneratorRun.Of(Refused.Replace("class", "partial class", StringComparison.Ordinal)).After(0, Refused);

        Assert.Single(run.Result.Diagnostics);
        Assert.Empty(run.Texts);
    }
}
