using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>
/// The prediction of one example for all pairs of sizes around the vector widths: the numbers, whatever scratch memory and the memory
/// around the example hold, and nothing written outside.
/// </summary>
public abstract class OneExampleTests(Type number)
{
    public static TheoryData<string> Inputs => [.. Sizes.All.Select(size => size.Name)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Chains_equal_plain_loops(string inputs)
    {
        Type size = Sizes.All.Single(type => type.Name == inputs);
        foreach (Type outputs in Sizes.All)
        {
            var chains = (IOneExampleCase)Activator.CreateInstance(typeof(OneExampleCase<,,>).MakeGenericType(number, size, outputs))!;
            chains.CheckEnds();
            chains.CheckChains();
        }
    }
}

/// <summary>A class of its own, so that both precisions run side by side.</summary>
public sealed class OneExampleFloatTests() : OneExampleTests(typeof(float))
{
    [Fact]
    public void A_span_or_a_block_that_is_too_short_is_refused()
    {
        // Three weights and a bias: two cache lines of 16 numbers.
        ParameterBlock<float> p = new BitTests.OneOutput(seed: 1).Parameters;

        Run<Sizes.N1>(p, new float[1], new float[1]);
        Assert.Throws<ArgumentException>(() => Run<Sizes.N1>(p, [], new float[1]));
        Assert.Throws<ArgumentException>(() => Run<Sizes.N1>(p, new float[1], []));
        Assert.Throws<ArgumentException>(() => Run<Sizes.N2>(p, new float[2], new float[1]));
    }

    private static void Run<TInputs>(ParameterBlock<float> p, float[] x, float[] outputs)
        where TInputs : struct, ISize =>
        OneExample.Run<float, LanesEnd<float, PlacedLanes<float, TInputs, Sizes.N1, AtTheStart>, ReLU<float>>>(p, x, outputs);
}

/// <summary>A class of its own, so that both precisions run side by side.</summary>
public sealed class OneExampleDoubleTests() : OneExampleTests(typeof(double));
