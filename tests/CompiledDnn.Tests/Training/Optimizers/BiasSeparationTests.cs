using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>An optimiser that treats biases in another way, whatever pieces a step has.</summary>
public class BiasSeparationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_piece_is_of_one_kind_whatever_the_borders(bool inputMajor)
    {
        NetworkShape shape = HandMadeShape.Create<float>("Three", [5, 3, 20, 1], inputMajor);
        var expected = new float[shape.BlockLength];
        foreach (LayerInfo layer in shape.Layers)
        {
            expected.AsSpan(layer.BiasOffset, layer.BiasLength).Fill(1);
        }

        foreach (int piece in (int[])[1, 7, 16, 33, shape.BlockLength])
        {
            OptimizerState<float> state = new BiasMarker().CreateState<float>(shape);
            var parameters = new float[shape.BlockLength];
            state.Begin(parameters.Length);
            for (int at = 0; at < parameters.Length; at += piece)
            {
                int length = Math.Min(piece, parameters.Length - at);
                state.Apply(at, parameters.AsSpan(at, length), new float[length]);
            }

            Assert.Equal(expected, parameters);
            Assert.Equal(expected, state.Slot("seen").ToArray());
        }
    }

    [Fact]
    public void It_needs_the_shape_to_tell_them_apart()
    {
        Assert.Contains("Shape", Assert.Throws<InvalidOperationException>(() => Optimizer.AdamW().CreateState<float>(16)).Message, StringComparison.Ordinal);
        Assert.Equal(16, Optimizer.AdamW(decayBiases: true).CreateState<float>(16).Length);
    }

    [Fact]
    public void AdamW_makes_weights_smaller_and_biases_not()
    {
        NetworkShape shape = HandMadeShape.OutputMajor<double>("Two", 2, 3, 1);
        OptimizerState<double> state = Optimizer.AdamW(0.5, decay: 0.5).CreateState<double>(shape);
        double[] parameters = [.. Enumerable.Repeat(1.0, shape.BlockLength)];
        state.Step(parameters, new double[shape.BlockLength]);

        foreach (LayerInfo layer in shape.Layers)
        {
            Assert.All(parameters[layer.WeightOffset..(layer.WeightOffset + layer.WeightLength)], weight => Assert.Equal(0.75, weight));
            Assert.All(parameters[layer.BiasOffset..(layer.BiasOffset + layer.BiasLength)], bias => Assert.Equal(1, bias));
        }
    }

    [Fact]
    public void Fit_tells_them_apart()
    {
        Dataset<double> line = TrainingData.Line<double>(8);
        Reference.ReferenceNetwork<double> net = TrainingData.LineNetwork<double>();
        net.Fit(line, new() { Epochs = 400, BatchSize = TrainingOptions.FullBatch, Optimizer = Optimizer.AdamW(0.05, decay: 5) });

        // y = 2 x + 1: the decay keeps the slope small and leaves the other number alone.
        Assert.InRange(net.Parameters.WeightView(1)[0, 0], 0, 1.5);
        Assert.Equal(1, net.Parameters.BiasView(1)[0], 1e-3);
    }

    // Sets biases to 1, and remembers that it did.
    private sealed class BiasMarker() : Optimizer(0)
    {
        public override IReadOnlyList<string> Slots { get; } = ["seen"];

        public override bool SeparatesBiases => true;

        protected internal override void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece)
        {
            T value = piece.IsBias ? T.One : T.Zero;
            parameters.Fill(value);
            piece.Slot(0).Fill(value);
        }
    }
}
