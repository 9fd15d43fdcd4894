using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>The harness fails where it should, else no test that uses it shows anything.</summary>
public class HarnessTests
{
    private const string Network = "[CompiledDnn.Network(3, 2, 1)]\ninternal sealed partial class Net;\n";

    [Fact]
    public void A_network_compiles_without_a_word_and_loads()
    {
        using LoadedProject project = GeneratorRun.Of(Network).Load();

        Assert.Equal(11, project.Create<float>("Net").Shape.ParameterCount);
        Assert.Equal(11, project.Constant("Net", "ParameterCount"));
    }

    [Theory]
    [InlineData("internal class Unused { private int _never; }", "CS0169")]
    [InlineData("internal class Null { public string Text = null; }", "CS8625")]
    [InlineData("/// <summary>\ninternal class Documented;", "CS1570")]
    [InlineData("public class Undocumented;", "CS1591")]
    [InlineData("internal class Pointers { public unsafe int* P; }", "CS0227")]
    public void A_warning_in_the_project_is_an_error(string source, string id)
    {
        GeneratorRun run = GeneratorRun.Of(Network, source);

        Assert.Contains(run.Diagnostics(), diagnostic => diagnostic.Id == id && diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(run.Clean);
    }

    [Fact]
    public void A_project_for_which_nothing_is_emitted_is_not_clean() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(GeneratorRun.Of("internal class Net;").Clean);

    [Fact]
    public void A_diagnostic_of_the_generator_is_not_clean()
    {
        GeneratorRun run = GeneratorRun.Of(Network, "[CompiledDnn.Network(3, 2, 1)]\ninternal static partial class Fixed;");

        Assert.Contains(run.Diagnostics(), diagnostic => diagnostic.Id == "CDNN0100");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(run.Clean);
    }

    [Fact]
    public void An_edit_is_seen_in_the_steps()
    {
        GeneratorRun run = GeneratorRun.Of(Network, "internal class Other;");
        GeneratorRun changed = run.After(0, Network.Replace("2", "5", StringComparison.Ordinal));

        Assert.Equal([IncrementalStepRunReason.New], run.Reasons(TrackingNames.Spec));
        Assert.Equal([IncrementalStepRunReason.Modified], changed.Reasons(TrackingNames.Spec));
        Assert.Equal([IncrementalStepRunReason.Cached], run.After(1, "internal class Another;").Reasons(TrackingNames.Spec));
    }
}
