using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Diagnosis;

/// <summary>Checking gradients: right ones pass in both precisions, a wrong loss is found, and the weights keep their bits.</summary>
public class GradientCheckTests
{
    private const int M = 6;

    [Fact]
    public void Right_gradients_pass_from_rows_and_from_labels()
    {
        Check(new DiagnosedNetworks.ClassifierDouble(seed: 1), most: int.MaxValue);
        Check(new DiagnosedNetworks.Classifier(seed: 1), most: int.MaxValue);
        Check(new DiagnosedNetworks.Wide(seed: 1), most: 50);
        Check(new DiagnosedNetworks.Regression(seed: 1), most: int.MaxValue);
        Check(new Dropout.DropoutNetworks.EveryHiddenLayer(seed: 1), most: int.MaxValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Kinks_within_a_step_of_single_precision_do_not_hide_that_gradients_are_right(int seed)
    {
        GradientCheck check = new DiagnosedNetworks.Rectified(seed).CheckGradients(Draw<float>(20 * 30), [.. Draw<float>(20).Select(y => y > 0 ? 1f : 0f)]);

        Assert.True(check.RelativeError < 5e-3, check.ToString());
    }

    [Fact]
    public void A_wrong_derivative_is_found_in_both_precisions()
    {
        GradientCheck wrong = new DiagnosedNetworks.Mistaken(seed: 1).CheckGradients(Draw<double>(M * 4), Draw<double>(M * 2));
        GradientCheck wrongFloat = new DiagnosedNetworks.MistakenFloat(seed: 1).CheckGradients(Draw<float>(M * 4), Draw<float>(M * 2));

        // Half of the gradient: |g − 2g| / (|g| + |2g|), but for the h by which differences to a side are off.
        Assert.False(wrong.Passes);
        Assert.Equal(1.0 / 3, wrong.RelativeError, 2e-5);
        Assert.False(wrongFloat.Passes);
        Assert.Equal(1.0 / 3, wrongFloat.RelativeError, 0.02);
        Assert.EndsWith("bound 1.0e-7: the gradients are not the differences of the cost.", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_can_be_read()
    {
        GradientCheck check = new DiagnosedNetworks.Regression(seed: 1).CheckGradients(Draw<double>(M * 3), Draw<double>(M * 2), mostPerLayer: 5);

        string[] lines = check.ToString().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("Layer 1: 5 of 24 parameters, relative error ", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"furthest apart at (W2\[\d, \d\]|B2\[\d\]): gradient -?\d\.\d{6}e[+-]\d+, difference -?\d\.\d{6}e[+-]\d+\.$", lines[1]);
        Assert.Equal([5, 5, 5], check.Layers.Select(layer => layer.Checked));
        Assert.Equal([24, 28, 10], check.Layers.Select(layer => layer.Parameters));
    }

    [Fact]
    public void What_cannot_be_checked_is_refused()
    {
        var net = new DiagnosedNetworks.Classifier(seed: 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => net.CheckGradients(Draw<float>(4), [1], mostPerLayer: 0));
        Assert.Throws<ArgumentException>(() => net.CheckGradients(Draw<float>(5), [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => net.CheckGradients(Draw<float>(4), [3]));
        Assert.Throws<ArgumentException>(() => net.CheckGradients(Draw<float>(8), Draw<float>(3)));
        Assert.Throws<NotSupportedException>(() => new DiagnosedNetworks.Wide(seed: 1).CheckGradients(Draw<float>(1030), [0]));
    }

    [Fact]
    public void A_network_that_gives_no_numbers_does_not_pass()
    {
        var net = new DiagnosedNetworks.Regression(seed: 1);
        net.W1[0, 0] = double.NaN;

        Assert.False(net.CheckGradients(Draw<double>(M * 3), Draw<double>(M * 2)).Passes);
    }

    private static void Check<T>(INetwork<T> net, int most)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] before = net.Parameters.Span.ToArray();
        T[] x = Draw<T>(M * net.Shape.InputSize);
        GradientCheck check = net.CheckGradients(x, Draw<T>(M * net.Shape.TargetSize), most);
        Assert.True(check.Passes, check.ToString());
        Assert.All(check.Layers, layer => Assert.True(layer.RelativeError <= 10 * check.Bound, check.ToString()));
        Assert.Equal(before, net.Parameters.Span.ToArray());
        if (net.TakesLabels)
        {
            check = net.CheckGradients(x, [.. Enumerable.Range(0, M).Select(i => i % net.Shape.OutputSize)], most);
            Assert.True(check.Passes, check.ToString());
            Assert.Equal(before, net.Parameters.Span.ToArray());
        }
    }

    private static T[] Draw<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))];
    }
}
