using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class EvaluateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(TrainingOptions.FullBatch)]
    public void Every_example_weighs_the_same_whatever_the_batches(int batchSize)
    {
        ReferenceNetwork<double> net = TrainingData.CornerNetwork<double>();
        Dataset<double> data = TrainingData.Corners<double>(50, seed: 1);
        NetworkWorkspace<double> state = net.CreateWorkspace(50);
        net.Forward(data.X.Span, state);

        Evaluation evaluation = net.Evaluate(data, batchSize);

        Assert.Equal(net.Cost(data.Labels.Span, state), evaluation.Cost, 1e-14);
        Assert.Equal(net.Evaluate(data).Accuracy, evaluation.Accuracy);
    }

    [Fact]
    public void With_classes_the_largest_output_decides()
    {
        // The outputs are the softmax of the inputs themselves: right, wrong, and a tie, which goes to the first.
        ReferenceNetwork<double> net = Through(3, ReferenceActivation<double>.Softmax, ReferenceLoss<double>.SoftmaxCrossEntropy);
        double[] x = [1, 2, 3, 1, 2, 3, 5, 5, 0];

        Assert.Equal(2 / 3.0, net.Evaluate(Dataset.FromLabels(x, 3, [2, 0, 0])).Accuracy);
        Assert.Equal(2 / 3.0, net.Evaluate(Dataset.FromRows(x, 3, [0, 0, 1, 0.8, 0.1, 0.1, 0.6, 0.3, 0.1], 3)).Accuracy);
    }

    [Fact]
    public void With_independent_probabilities_every_output_decides_by_itself()
    {
        ReferenceNetwork<double> net = Through(2, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy);

        // Right and right; right and wrong; 0.5 is below.
        Evaluation evaluation = net.Evaluate(Dataset.FromRows([1.0, -1, 1, -1, 0, 0], 2, [1.0, 0, 0.9, 1, 0, 1], 2));

        Assert.Equal(4 / 6.0, evaluation.Accuracy);
    }

    [Fact]
    public void Outputs_that_are_not_numbers_are_never_right()
    {
        ReferenceNetwork<double> classes = Through(2, ReferenceActivation<double>.Softmax, ReferenceLoss<double>.SoftmaxCrossEntropy);
        ReferenceNetwork<double> outputs = Through(2, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy);
        classes.Parameters.Span[0] = outputs.Parameters.Span[0] = double.NaN;

        Assert.Equal(0, classes.Evaluate(Dataset.FromLabels([1.0, 2], 2, [0])).Accuracy);
        Assert.Equal(0.5, outputs.Evaluate(Dataset.FromRows([1.0, 2], 2, [0.0, 1], 2)).Accuracy);
    }

    [Fact]
    public void Regression_has_no_accuracy() =>
        Assert.Null(TrainingData.LineNetwork<float>().Evaluate(TrainingData.Line<float>(5)).Accuracy);

    [Fact]
    public void Data_that_does_not_fit_is_refused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => TrainingData.LineNetwork<float>().Evaluate(TrainingData.Xor<float>(4, 1), -1));

        Assert.Equal(
            "Line.Evaluate: nothing was evaluated: the batch size is -1, but is at least 1, or TrainingOptions.FullBatch for all examples at once; the data has InputSize 2, but the network has 1.",
            refusal.Message);
    }

    // One layer whose logits are the inputs.
    private static ReferenceNetwork<double> Through(int size, ReferenceActivation<double> output, ReferenceLoss<double> loss)
    {
        var net = new ReferenceNetwork<double>([size, size], ReferenceActivation<double>.ReLU, output, loss);
        for (int o = 0; o < size; o++)
        {
            for (int i = 0; i < size; i++)
            {
                net.Parameters.WeightView(1)[o, i] = o == i ? 1 : 0;
            }
        }

        return net;
    }
}
