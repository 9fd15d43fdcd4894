using System.Collections.Immutable;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>What the pipeline keeps between runs: plain values, so that no old compilation stays in memory and equal is equal.</summary>
public class ModelTests
{
    private const string Everything =
        """
        namespace Samples
        {
            using CompiledDnn;

            internal partial class Outer
            {
                [Network(8, 5, 4, 2, HiddenType = typeof(Own.Swish<>), Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = 2)]
                [Layer(2, Activation = Activation.LeakyReLU, NegativeSlope = 0.5)]
                internal partial class Net;
            }

            [Network(3, 0)] internal partial class Wrong;
            [Network(3, 1)] internal class Refused;
        }
        """;

    [Fact]
    public void Nothing_that_is_kept_is_of_Roslyns()
    {
        object[] kept = [.. Kept(Everything)];
        Assert.Contains(kept, model => model is NetworkSpec { Failure: null });
        Assert.Contains(kept, model => model is NetworkSpec { Failure: not null });
        Assert.Contains(kept, model => model is Refusal { Location: not null });

        object[] reached = [.. kept.SelectMany(ObjectGraph.Reach)];

        Assert.Contains(reached, node => node is LossSpec);
        Assert.Contains(reached, node => node is OuterTypeSpec { Name: "Outer" });
        Assert.Contains(reached, node => node is ActivationSpec { NegativeSlope: 0.5 });
        Assert.DoesNotContain(reached, IsRoslyns);
    }

    [Fact]
    public void The_walk_finds_what_must_not_be_kept()
    {
        CSharpCompilation project = UserProject.Of(Everything);
        SyntaxTree tree = project.SyntaxTrees[0];
        INamedTypeSymbol type = project.GetTypeByMetadataName("Samples.Wrong")!;
        object[] forbidden =
        [
            project, tree, tree.GetRoot(TestContext.Current.CancellationToken), type, type.Locations[0], type.GetAttributes()[0], project.GetSemanticModel(tree),
        ];

        Assert.All(forbidden, node => Assert.Contains(
            ObjectGraph.Reach(new Keeper(new([new(node)]))), IsRoslyns));
    }

    [Fact]
    public void Two_runs_keep_equal_models()
    {
        object[] first = [.. Kept(Everything)];
        object[] second = [.. Kept(Everything)];

        Assert.Equal(first, second);
        Assert.Equal(first.Select(model => model.GetHashCode()), second.Select(model => model.GetHashCode()));
        Assert.All(first.Zip(second), pair => Assert.NotSame(pair.First, pair.Second));
    }

    [Fact]
    public void Arrays_compare_by_their_elements()
    {
        EquatableArray<int> empty = default;

        Assert.Equal(new EquatableArray<int>([1, 2]), new EquatableArray<int>([1, 2]));
        Assert.NotEqual(new EquatableArray<int>([1, 2]), new EquatableArray<int>([2, 1]));
        Assert.NotEqual(new EquatableArray<int>([1, 2]), new EquatableArray<int>([1]));
        Assert.True(empty.Equals(new EquatableArray<int>(ImmutableArray<int>.Empty)));
        Assert.Equal(empty.GetHashCode(), new EquatableArray<int>(ImmutableArray<int>.Empty).GetHashCode());
        Assert.Empty(empty);
    }

    private static IEnumerable<object> Kept(string source)
    {
        GeneratorDriver driver = GeneratorRun.CreateDriver()
            .RunGenerators(UserProject.Of(Sources.Swish, source), TestContext.Current.CancellationToken);
        GeneratorRunResult result = Assert.Single(driver.GetRunResult().Results);
        return new[] { TrackingNames.Parse, TrackingNames.Spec, TrackingNames.Refusal }
            .SelectMany(step => result.TrackedSteps[step])
            .SelectMany(step => step.Outputs)
            .Select(output => output.Value)
            .OfType<object>();
    }

    private static bool IsRoslyns(object node) =>
        node is Compilation or ISymbol or SyntaxNode or SyntaxTree or Location or AttributeData or SemanticModel;

    private sealed record Keeper(EquatableArray<Item> Items);

    private sealed record Item(object Value);
}
