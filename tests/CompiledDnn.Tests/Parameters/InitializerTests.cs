using Xunit;

namespace CompiledDnn.Tests;

public class InitializerTests
{
    private static readonly NetworkShape Large = HandMadeShape.OutputMajor<double>("Large", 400, 300);

    public static TheoryData<string, double> NormalDeviations => new()
    {
        { "He", Math.Sqrt(2.0 / 400) },
        { "GlorotNormal", Math.Sqrt(2.0 / 700) },
        { "LeCun", Math.Sqrt(1.0 / 400) },
        { "Normal", 0.01 },
        { "Notebook", 0.01 },
        { "Course", Math.Sqrt(1.0 / 400) },
    };

    [Theory]
    [MemberData(nameof(NormalDeviations))]
    public void Normal_weights_have_the_standard_deviation_of_the_equation(string name, double expected)
    {
        double[] weights = Weights(Named(name), Large, seed: 1);
        (double mean, double deviation) = Statistics(weights);

        // 120,000 draws: the mean strays by σ/√n, the standard deviation by σ/√(2n); five times that is never seen.
        Assert.InRange(mean, -5 * expected / Math.Sqrt(weights.Length), 5 * expected / Math.Sqrt(weights.Length));
        Assert.InRange(deviation / expected, 1 - (5 / Math.Sqrt(2.0 * weights.Length)), 1 + (5 / Math.Sqrt(2.0 * weights.Length)));

        // A normal distribution has 68.27 % within one standard deviation, a uniform one 57.7 %.
        Assert.Equal(0.6827, weights.Count(w => Math.Abs(w) < expected) / (double)weights.Length, 0.01);
    }

    [Fact]
    public void Glorots_uniform_weights_fill_the_interval_of_the_equation()
    {
        double limit = Math.Sqrt(6.0 / 700);
        double[] weights = Weights(Initializer.GlorotUniform, Large, seed: 1);
        (double mean, double deviation) = Statistics(weights);
        Assert.All(weights, w => Assert.InRange(w, -limit, limit));
        Assert.InRange(weights.Max(), 0.999 * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.999 * limit);
        Assert.Equal(0, mean, 0.01 * limit);
        Assert.Equal(limit / Math.Sqrt(3), deviation, 0.01 * limit);
    }

    [Theory]
    [InlineData(DefaultInitializer.Glorot, "GlorotUniform")]
    [InlineData(DefaultInitializer.He, "He")]
    [InlineData(DefaultInitializer.LeCun, "LeCun")]
    public void The_default_is_what_fits_the_activation(DefaultInitializer fits, string name)
    {
        NetworkShape shape = HandMadeShape.Create<double>("Fits", [9, 5, 3], inputMajor: false, fits);
        Assert.Equal(Blocks<double>(Named(name), shape, 8), Blocks<double>(Initializer.Default, shape, 8));
    }

    [Fact]
    public void The_notebooks_initial_weights_come_from_its_stream()
    {
        // The notebook had drawn 70 numbers of seed 1 before the cell that prints its weights.
        var random = new NumPyRandom(1);
        for (int i = 0; i < NumPyDraws.DrawsBeforeInitialization; i++)
        {
            random.NextGaussian();
        }

        var parameters = new ParameterBlock<double>(HandMadeShape.InputMajor<double>("Notebook", 3, 5, 4, 2));
        parameters.Span.Fill(1);
        Initializer.NumPy(random, 0.01).Initialize(parameters, seed: 99);

        AssertWeights(NumPyDraws.InitialW1, parameters, 1);
        AssertWeights(NumPyDraws.InitialW2, parameters, 2);
        AssertWeights(NumPyDraws.InitialW3, parameters, 3);
        Assert.All(Enumerable.Range(1, 3), l => Assert.All(parameters.B(l).ToArray(), b => Assert.Equal(0, b)));
        Assert.NotEqual(new NumPyRandom(1).NextGaussian(), random.NextGaussian());
    }

    [Fact]
    public void Notebook_begins_at_the_seed_and_goes_on_from_layer_to_layer()
    {
        var parameters = new ParameterBlock<double>(HandMadeShape.OutputMajor<double>("Notebook", 4, 3, 1));
        Initializer.Notebook.Initialize(parameters, seed: 3);
        AssertWeights([.. NumPyDraws.Seed3[..12].Select(draw => draw * 0.01)], parameters, 1);
        AssertWeights([.. NumPyDraws.Seed3[12..15].Select(draw => draw * 0.01)], parameters, 2);
    }

    [Fact]
    public void Course_divides_by_the_root_of_the_inputs()
    {
        var parameters = new ParameterBlock<double>(HandMadeShape.OutputMajor<double>("Course", 4, 3, 1));
        Initializer.Course.Initialize(parameters, seed: 1);
        AssertWeights([.. NumPyDraws.Seed1[..12].Select(draw => draw / 2)], parameters, 1);
        AssertWeights([.. NumPyDraws.Seed1[12..15].Select(draw => draw / Math.Sqrt(3))], parameters, 2);
    }

    [Fact]
    public void Zeros_clears_what_was_there()
    {
        var parameters = new ParameterBlock<float>(HandMadeShape.OutputMajor<float>("Zero", 5, 3));
        parameters.Span.Fill(4);
        Initializer.Zeros.Initialize(parameters, seed: 1);
        Assert.All(parameters.Span.ToArray(), number => Assert.Equal(0, number));
    }

    public static TheoryData<string> Names =>
        ["Default", "He", "GlorotNormal", "GlorotUniform", "LeCun", "Normal", "Notebook", "Course"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others(string name)
    {
        NetworkShape shape = HandMadeShape.OutputMajor<float>("Same", 30, 16, 8, 1);
        float[] first = Blocks<float>(Named(name), shape, seed: 5);
        Assert.Equal(first, Blocks<float>(Named(name), shape, seed: 5));
        Assert.NotEqual(first, Blocks<float>(Named(name), shape, seed: 6));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Float_weights_are_the_double_ones_rounded_to_nearest(string name)
    {
        double[] wide = Weights(Named(name), HandMadeShape.InputMajor<double>("Wide", 30, 16), seed: 2);
        NetworkShape shape = HandMadeShape.OutputMajor<float>("Narrow", 30, 16);
        var narrow = new ParameterBlock<float>(shape);
        Named(name).Initialize(narrow, seed: 2);
        var weights = new float[30 * 16];
        narrow.CopyWeightsTo(1, weights);
        Assert.Equal(wide.Select(number => (float)number), weights);

        // Rounding towards zero would make no float larger than its double.
        Assert.Contains(wide.Zip(weights), pair => Math.Abs(pair.Second) > Math.Abs(pair.First));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Padding_and_biases_stay_zero(bool inputMajor)
    {
        NetworkShape shape = HandMadeShape.Create<float>("Padded", [7, 5, 3], inputMajor);
        var parameters = new ParameterBlock<float>(shape);
        parameters.Span.Fill(3);
        Initializer.He.Initialize(parameters, seed: 1);
        bool[] used = HandMadeShape.Used(shape);
        for (int l = 1; l <= 2; l++)
        {
            used.AsSpan(shape.Layer(l).BiasOffset, shape.Layer(l).BiasLength).Clear();
        }

        Assert.Contains(false, used);
        Assert.All(parameters.Span.ToArray().Zip(used), pair => Assert.Equal(pair.Second, pair.First != 0));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_standard_deviation_that_is_none_is_refused(double deviation)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Normal(deviation));
        Assert.Contains("finite and not negative", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_that_is_none_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.NumPy(new NumPyRandom(1), double.NaN));
        Assert.Contains("finite", error.Message, StringComparison.Ordinal);
    }

    private static Initializer Named(string name) => name switch
    {
        "Default" => Initializer.Default,
        "He" => Initializer.He,
        "GlorotNormal" => Initializer.GlorotNormal,
        "GlorotUniform" => Initializer.GlorotUniform,
        "LeCun" => Initializer.LeCun,
        "Normal" => Initializer.Normal(),
        "Notebook" => Initializer.Notebook,
        "Course" => Initializer.Course,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such initialiser"),
    };

    private static T[] Blocks<T>(Initializer initializer, NetworkShape shape, int seed)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var parameters = new ParameterBlock<T>(shape);
        initializer.Initialize(parameters, seed);
        return parameters.Span.ToArray();
    }

    private static double[] Weights(Initializer initializer, NetworkShape shape, int seed)
    {
        var parameters = new ParameterBlock<double>(shape);
        initializer.Initialize(parameters, seed);
        var weights = new double[shape.Layer(1).Inputs * shape.Layer(1).Outputs];
        parameters.CopyWeightsTo(1, weights);
        return weights;
    }

    private static void AssertWeights(double[] expected, ParameterBlock<double> parameters, int layer)
    {
        var weights = new double[expected.Length];
        parameters.CopyWeightsTo(layer, weights);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], weights[i], 2e-15 * Math.Abs(expected[i]));
        }
    }

    private static (double Mean, double Deviation) Statistics(double[] numbers)
    {
        double mean = numbers.Average();
        return (mean, Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / numbers.Length));
    }
}
