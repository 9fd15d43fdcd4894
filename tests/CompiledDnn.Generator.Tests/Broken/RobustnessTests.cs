using CompiledDnn.Generator.Tests.Diagnostics;
using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>Sources as they are while someone types: nothing fails the generator, and what it emits adds no error to those of the user.</summary>
public class RobustnessTests
{
    public static TheoryData<string> Sources => new(
    [
        "[Network] partial class Net;",
        "[Network()] partial class Net;",
        "[Network(null)] partial class Net;",
        "[Network(sizes: null!)] partial class Net;",
        "[Network(default(int[]))] partial class Net;",
        "[Network(\"four\", 1)] partial class Net;",
        "[Network(4, 1.5)] partial class Net;",
        "[Network(4, null)] partial class Net;",
        "[Network(4, Unknown, 1)] partial class Net;",
        "[Network(4, 2147483647 + 1, 1)] partial class Net;",
        "[Network(4, )] partial class Net;",
        "[Network(4, 1] partial class Net;",
        "[Network(4, 1",
        "[Network(4, 1)",
        "[Network(4, 1)]",
        "[Network(4, 1, Hidden = )] partial class Net;",
        "[Network(4, 1, Hidden = Activation.)] partial class Net;",
        "[Network(4, 1, Hidden = Activation.Unknown)] partial class Net;",
        "[Network(4, 1, Hidden = null)] partial class Net;",
        "[Network(4, 1, Unknown = 3)] partial class Net;",
        "[Network(4, 1, Hidden = Activation.Tanh, Hidden = Activation.ReLU)] partial class Net;",
        "[Network(4, 1, Alpha = \"much\")] partial class Net;",
        "[Network(4, 1, Alpha = new[] { 1.0 })] partial class Net;",
        "[Network(4, 1, LossType = 3)] partial class Net;",
        "[Network(4, 1, LossType = typeof())] partial class Net;",
        "[Network(4, 1, LossType = typeof(void))] partial class Net;",
        "[Network(4, 1, LossType = typeof(int*))] partial class Net;",
        "[Network(4, 1, LossType = typeof(int[]))] partial class Net;",
        "[Network(4, 1, LossType = typeof(Net))] partial class Net;",
        "[Network(4, 1, LossType = typeof(Net.Workspace))] partial class Net;",
        "[Network(4, 1, OutputType = typeof(Unknown))] partial class Net;",
        "[Network(4, 1, OutputType = typeof(Unknown<>))] partial class Net;",
        "[Network(4, 1, OutputType = typeof(ReLU<Unknown>))] partial class Net;",
        "[Network(4, 1, OutputType = typeof(ReLU<,,>))] partial class Net;",
        "[Network(4, 1)] [Layer] partial class Net;",
        "[Network(4, 1)] [Layer(\"one\")] partial class Net;",
        "[Network(4, 1)] [Layer(1, ActivationType = typeof(Unknown<>))] partial class Net;",
        "[Network(4, 1)] [Layer(1, ActivationType = null!)] partial class Net;",
        "[Network(4, 1)] [Layer(1, Activation = )] partial class Net;",
        "[Network(4, 1)] partial class Net : Unknown;",
        "[Network(4, 1)] partial class Net : Net;",
        "[Network(4, 1)] partial class Net : string;",
        "[Network(4, 1)] partial class Net : IDisposable;",
        "[Network(4, 1)] partial class Net : INetwork<float>;",
        "[Network(4, 1)] partial class Net : INetwork<double>;",
        "[Network(4, 1)] partial interface INet;",
        "[Network(4, 1)] interface INet;",
        "[Network(4, 1)] enum Net { }",
        "[Network(4, 1)] delegate void Net();",
        "[Network(4, 1)] partial class",
        "[Network(4, 1)] partial class Net",
        "[Network(4, 1)] partial class Net {",
        "[Network(4, 1)] partial class Net { int Length( }",
        "[Network(4, 1)] partial class Net { public Net(Unknown x) : this( { } }",
        "[Network(4, 1)] partial class Net { public Net( }",
        "namespace A { [Network(4, 1)] partial class Net;",
        "namespace { [Network(4, 1)] partial class Net; }",
        "partial class Outer { [Network(4, 1)] partial class Net;",
        "partial class { [Network(4, 1)] partial class Net; }",
        "class C { [Network(4, 1)] void M() { } }",
        "[assembly: Network(4, 1)]",
        "[Network(4, 1)] partial class Net; [Network(4, 1)] class Net;",
        "[Network(4, 1)] partial class Net; partial struct Net;",
        "[Network(4, 1)] public partial class Net; internal partial class Net;",
        "[Network(4, 1)] partial class Net; enum Net { }",
        "[Network(4, 1)] partial class Net; partial class Net<T>;",
        "[CompiledDnn.Network(4, 1)] partial class ÄÖ_\u0394;",
    ]);

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task What_does_not_compile_does_not_fail_the_generator_or_add_errors(string source)
    {
        Build build = await Build.Of("using System;\nusing CompiledDnn;\n" + source);

        Assert.DoesNotContain(build.Diagnostics, diagnostic => diagnostic.Id is "CS8785" or "AD0001");
        Assert.DoesNotContain(
            build.Run.Output.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error
                && diagnostic.Location.SourceTree is { } tree
                && build.Run.Result.GeneratedTrees.Contains(tree));
    }

    [Fact]
    public void Without_the_runtime_nothing_is_emitted()
    {
        GeneratorRun run = GeneratorRun.Of(
            Harness.Project.Create("using CompiledDnn;\n[Network(4, 3, 1)] partial class Net;").WithReferences(References.Framework));

        Assert.Empty(run.Texts);
        Assert.Empty(run.Result.Diagnostics);
    }

    [Fact]
    public void Without_the_framework_the_generator_does_not_fail()
    {
        GeneratorRun run = GeneratorRun.Of(
            Harness.Project.Create("using CompiledDnn;\n[Network(4, 3, 1)] partial class Net;").WithReferences(References.All.Except(References.Framework)));

        Assert.Null(run.Result.Results.Single().Exception);
    }

    [Fact]
    public void An_attribute_alone_in_place_of_the_runtime_does_not_fail_the_generator()
    {
        GeneratorRun run = GeneratorRun.Of(Harness.Project.Create(
            "[CompiledDnn.Network(4, 3, 1)] partial class Net;",
            "namespace CompiledDnn; class NetworkAttribute(params int[] sizes) : Attribute;").WithReferences(References.Framework));

        Assert.Null(run.Result.Results.Single().Exception);
        Assert.Contains("CDNN0019: 'Net'", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp1)]
    public void An_old_language_does_not_fail_the_generator(LanguageVersion version)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            "[CompiledDnn.Network(4, 3, 1)] partial class Net { }",
            new CSharpParseOptions(version),
            cancellationToken: TestContext.Current.CancellationToken);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)tree.Options);

        GeneratorDriverRunResult result = driver
            .RunGenerators(CSharpCompilation.Create("Old", [tree], References.All), TestContext.Current.CancellationToken)
            .GetRunResult();

        Assert.Null(result.Results.Single().Exception);
    }
}
