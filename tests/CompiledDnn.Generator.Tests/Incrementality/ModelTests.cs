using System.Collections.Immutable;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Parsing;
using CompiledDnn.Generator.Tests.Diagnostics;
using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Generator.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>What the pipeline carries: plain values that compare by value.</summary>
public class ModelTests
{
    private static readonly string s_everything = CustomTypes.Activation() + """
        namespace Space.@class
        {
            partial class Outer { partial record struct Inner {
                [Network(4, 3, 5, 2, HiddenType = typeof(Own<>), Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = 0.5, Alpha = 2)]
                [Layer(2, Activation = Activation.LeakyReLU, NegativeSlope = 0.25)]
                internal sealed partial class Net;
            } }
        }
        """;

    [Fact]
    public void The_steps_hold_nothing_of_the_compilers()
    {
        GeneratorRun run = GeneratorRun.Of(
            NetworkTest.Usings + s_everything,
            "[CompiledDnn.Network(4, 3, 1)] class Refused;",
            "[CompiledDnn.Network(4, 3, 0)] partial class Broken;");
        string[] steps = [TrackingNames.Parse, TrackingNames.Spec, TrackingNames.Refusal];

        object[] values = [.. steps.SelectMany(name => run.Result.Results.Single().TrackedSteps[name]).SelectMany(step => step.Outputs).Select(output => output.Value)];
        object[] reachable = [.. values.SelectMany(ObjectGraph.Of)];

        Assert.Equal(6, values.Length);
        Assert.Contains(reachable, value => value is LayerSpec { Outputs: 5 });
        Assert.Contains(reachable, value => value is OuterTypeSpec { Name: "Inner" });
        Assert.Contains(reachable, value => value is LocationInfo);
        Assert.DoesNotContain(reachable, ObjectGraph.IsRoslyns);
    }

    [Fact]
    public void The_walk_finds_what_is_hidden_in_fields_and_arrays()
    {
        CSharpCompilationHolder holder = new(Parse.Compile("class C;"));

        Assert.Contains(ObjectGraph.Of(new object[] { ImmutableArray.Create(new Lazy<object>(holder)) }), ObjectGraph.IsRoslyns);
        Assert.DoesNotContain(ObjectGraph.Of(new object[] { "text", 1, ImmutableArray.Create(2) }), ObjectGraph.IsRoslyns);
    }

    [Fact]
    public void Equal_sources_give_equal_models_with_equal_hash_codes()
    {
        NetworkSpec first = Parse.Spec(s_everything);
        NetworkSpec second = Parse.Spec("// another file\n" + s_everything);

        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Fact]
    public void Equal_wrong_sources_give_equal_failures_and_refusals()
    {
        const string Wrong = "[Network(4, 0)] partial class Net;";
        const string Refused = "[Network(4, 1)] class Net;";

        Assert.Equal(Parse.Spec(Wrong), Parse.Spec(Wrong));
        Assert.NotNull(Parse.Spec(Wrong).Failure);
        Refusal? refusal = Parse.Result(Refused).Refusal;
        Assert.NotNull(refusal);
        Assert.Equal(refusal, Parse.Result(Refused).Refusal);
        Assert.Equal(refusal.GetHashCode(), Parse.Result(Refused).Refusal?.GetHashCode());
    }

    [Fact]
    public void A_difference_in_any_property_makes_a_spec_another() => AssertEveryDifferenceCounts(Parse.Spec(s_everything), 30);

    [Fact]
    public void A_difference_in_any_property_makes_a_refusal_another()
    {
        ParseResult result = Parse.Result("[Network(4, 1)] class Net;");

        Assert.NotNull(result.Refusal);
        AssertEveryDifferenceCounts(result.Refusal, 8);
    }

    private static void AssertEveryDifferenceCounts(object model, int atLeast)
    {
        (string Path, object Changed)[] variants = [.. Variants.OfRecord(model)];

        Assert.True(variants.Length >= atLeast, $"only {variants.Length} variants");
        Assert.All(variants, variant => Assert.False(model.Equals(variant.Changed), variant.Path));
        Assert.Equal(variants.Length, variants.Select(variant => variant.Changed).Distinct().Count());
    }

    private sealed class CSharpCompilationHolder(Compilation compilation)
    {
        private readonly object _hidden = compilation;

        public override string ToString() => _hidden.GetType().Name;
    }
}
