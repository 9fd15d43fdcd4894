using Samples;
using Xunit;

namespace CompiledDnn.Tests.Samples;

public sealed class UncertaintySampleTests
{
    [Fact]
    public void The_tumours_have_their_means_and_their_largest_area()
    {
        (Dataset<float> train, Dataset<float> test) = AreaData.Load();

        Assert.Equal((455, 114), (train.Count, test.Count));
        Assert.Equal((10, 1), (train.InputSize, train.TargetSize));
        Assert.Equal(4.254f, train.Y.ToArray().Concat(test.Y.ToArray()).Max());
        Assert.Equal(2501f, train.X.ToArray().Concat(test.X.ToArray()).Max());
    }

    [Theory]
    [InlineData(0.3, -0.5, 1.1)]
    [InlineData(-2, 1.5, 0.2)]
    [InlineData(0, 0, 0)]
    public void The_losss_derivative_is_that_of_its_value(double mean, double logVariance, double target)
    {
        const double H = 1e-6;
        var da = new double[2];
        GaussianLikelihood<double>.Derivative([mean, logVariance], [target], da);

        Assert.Equal((Loss(mean + H, logVariance) - Loss(mean - H, logVariance)) / (2 * H), da[0], 1e-8);
        Assert.Equal((Loss(mean, logVariance + H) - Loss(mean, logVariance - H)) / (2 * H), da[1], 1e-8);

        double Loss(double m, double s) => GaussianLikelihood<double>.Value([m, s], [target]);
    }
}
