using System.Runtime.CompilerServices;
using Xunit;

namespace CompiledDnn.Tests;

public class ParameterBlockTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Views_have_the_notebooks_shape_whatever_the_layout(bool inputMajor)
    {
        ParameterBlock<float> parameters = Numbered(inputMajor);
        Assert.Equal([3, 5], parameters.WeightView(1).Lengths.ToArray());
        Assert.Equal([1, 3], parameters.WeightView(2).Lengths.ToArray());
        Assert.Equal([3], parameters.BiasView(1).Lengths.ToArray());
        for (nint o = 0; o < 3; o++)
        {
            Assert.Equal(1000 + o, parameters.BiasView(1)[[o]]);
            Assert.Equal(200 + o, parameters.WeightView(2)[[0, o]]);
            for (nint i = 0; i < 5; i++)
            {
                Assert.Equal(100 + (10 * o) + i, parameters.WeightView(1)[[o, i]]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Writing_to_a_view_changes_the_block_and_no_padding(bool inputMajor)
    {
        var parameters = new ParameterBlock<double>(HandMadeShape.Create<double>("View", [5, 3, 1], inputMajor));
        parameters.WeightView(1).Fill(7);
        parameters.WeightView(2).Fill(7);
        parameters.BiasView(1).Fill(7);
        parameters.BiasView(2).Fill(7);
        Assert.Equal(HandMadeShape.Used(parameters.Shape).Select(used => used ? 7.0 : 0), parameters.Span.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_copy_out_and_in_by_the_dense_order_of_outputs(bool inputMajor)
    {
        ParameterBlock<float> parameters = Numbered(inputMajor);
        var dense = new float[15];
        parameters.CopyWeightsTo(1, dense);
        Assert.Equal([100, 101, 102, 103, 104, 110, 111, 112, 113, 114, 120, 121, 122, 123, 124], dense);

        float[] before = parameters.Span.ToArray();
        parameters.CopyWeightsFrom(1, dense);
        Assert.Equal(before, parameters.Span.ToArray());

        // The other layout takes the same dense numbers and holds the same matrix.
        var other = new ParameterBlock<float>(HandMadeShape.Create<float>("Other", [5, 3, 1], !inputMajor));
        other.CopyWeightsFrom(1, dense);
        Assert.Equal(113, other.WeightView(1)[[1, 3]]);
    }

    [Fact]
    public void A_span_of_another_length_is_refused_in_words()
    {
        ParameterBlock<float> parameters = Numbered(inputMajor: false);
        var error = Assert.Throws<ArgumentException>(() => parameters.CopyWeightsTo(1, new float[14]));
        Assert.Contains("Numbered: W1 has 3 × 5 = 15 weights, but the span has 14", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => parameters.CopyWeightsFrom(1, new float[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => parameters.CopyWeightsTo(3, new float[15]));
    }

    [Fact]
    public void A_clone_shares_no_memory()
    {
        ParameterBlock<float> parameters = Numbered(inputMajor: true);
        ParameterBlock<float> copy = parameters.Clone();
        Assert.Equal(parameters.Span.ToArray(), copy.Span.ToArray());
        parameters.Span.Clear();
        Assert.Equal(113, copy.WeightView(1)[[1, 3]]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1000)]
    public void A_block_begins_on_a_cache_line_and_is_zero(int length)
    {
        AssertAligned<float>(length);
        AssertAligned<double>(length);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 16, 8)]
    [InlineData(8, 16, 8)]
    [InlineData(9, 16, 16)]
    [InlineData(17, 32, 24)]
    public void Lengths_round_up_to_cache_lines(int length, int floats, int doubles)
    {
        Assert.Equal(floats, AlignedBlock<float>.RoundUp(length));
        Assert.Equal(doubles, AlignedBlock<double>.RoundUp(length));
    }

    private static void AssertAligned<T>(int length)
        where T : unmanaged
    {
        for (int i = 0; i < 20; i++)
        {
            var block = new AlignedBlock<T>(length);
            nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref block.Span[0]);
            Assert.Equal(0, address % 64);
            Assert.Equal(length, block.Span.Length);
            Assert.All(block.Span.ToArray(), number => Assert.Equal(default, number));
        }
    }

    /// <summary>W1[o, i] = 100 + 10 o + i, W2[0, i] = 200 + i, b1[o] = 1000 + o, b2 = 2000.</summary>
    private static ParameterBlock<float> Numbered(bool inputMajor)
    {
        var parameters = new ParameterBlock<float>(HandMadeShape.Create<float>("Numbered", [5, 3, 1], inputMajor));
        foreach (LayerInfo layer in parameters.Shape.Layers)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                parameters.Span[layer.BiasOffset + o] = (1000 * layer.Index) + o;
                for (int i = 0; i < layer.Inputs; i++)
                {
                    parameters.Span[layer.WeightOffset + (o * layer.OutputStride) + (i * layer.InputStride)] =
                        (100 * layer.Index) + (10 * o) + i;
                }
            }
        }

        return parameters;
    }
}
