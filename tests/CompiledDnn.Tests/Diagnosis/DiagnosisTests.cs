using Xunit;

namespace CompiledDnn.Tests.Diagnosis;

/// <summary>What a diagnosis says of networks whose trouble is known.</summary>
public class DiagnosisTests
{
    [Fact]
    public void The_notebooks_weights_on_its_own_deep_network_let_no_signal_through()
    {
        Dataset<float> pictures = Pictures();
        var stuck = new DiagnosedNetworks.Cats(seed: 1, Initializer.Notebook);
        var fresh = new DiagnosedNetworks.Cats(seed: 1);
        Descend(stuck, pictures, steps: 100, rate: 0.3f);
        Descend(fresh, pictures, steps: 60, rate: 0.0075f);

        NetworkDiagnosis diagnosis = stuck.Diagnose(pictures);

        // A third of the pictures are cats: the cost settles at that of always saying so.
        Assert.Equal(-((Math.Log(1.0 / 3) / 3) + (2 * Math.Log(2.0 / 3) / 3)), diagnosis.Cost, 0.005);
        Assert.Matches(@"^Every example gets the same output \(0\.3\d*\): the inputs make no difference\.$", diagnosis.Findings[0]);
        string signals = Assert.Single(diagnosis.Findings, finding => finding.StartsWith("Signals vanish on the way up", StringComparison.Ordinal));
        Assert.Contains("The weights are too small for so many layers", signals, StringComparison.Ordinal);
        Assert.Contains("in layer 2", signals, StringComparison.Ordinal);
        Assert.Contains("in layer 3", signals, StringComparison.Ordinal);
        Assert.Contains("Begin anew with Initializer.Default", signals, StringComparison.Ordinal);
        Assert.Contains(diagnosis.Findings, finding => finding.StartsWith("Gradients vanish on the way down", StringComparison.Ordinal));
        Assert.True(diagnosis.Layers[1].Gain < 0.1, $"{diagnosis}");
        Assert.True(diagnosis.Layers[0].GradientRatio < 1e-3, $"{diagnosis}");

        // With weights that fit the layers the same pictures are learned.
        NetworkDiagnosis healthy = fresh.Diagnose(pictures);
        Assert.True(healthy.Cost < diagnosis.Cost - 0.05, $"{healthy}");
        Assert.DoesNotContain(healthy.Findings, finding => finding.Contains("vanish", StringComparison.Ordinal) || finding.Contains("same output", StringComparison.Ordinal));
    }

    [Fact]
    public void Dead_units_are_named()
    {
        var net = new DiagnosedNetworks.Regression(seed: 1);
        net.B1[2] = -100;
        net.B1[5] = -100;

        NetworkDiagnosis diagnosis = net.Diagnose(Numbers(40, 3, 2));

        Assert.Equal([2, 5], diagnosis.Layers[0].DeadUnits.Intersect([2, 5]));
        Assert.Contains(diagnosis.Findings, finding =>
            finding.StartsWith($"Layer 1: {diagnosis.Layers[0].DeadUnits.Count} of 6 units are dead, giving 0 for every example and learning nothing: ", StringComparison.Ordinal)
            && finding.Contains(string.Join(", ", diagnosis.Layers[0].DeadUnits), StringComparison.Ordinal));
        Assert.Empty(diagnosis.Layers[2].DeadUnits);
    }

    [Fact]
    public void Statistics_are_those_of_plain_loops()
    {
        // Two batches and a bit.
        const int M = 600;
        var net = new DiagnosedNetworks.ClassifierDouble(seed: 2);
        Dataset<double> data = Labelled(M, 4, 3);
        NetworkDiagnosis diagnosis = net.Diagnose(data);

        DiagnosedNetworks.ClassifierDouble.Workspace state = net.CreateWorkspace(M);
        net.Forward(data.X.Span, state);
        double cost = net.Cost(data.Labels.Span, state);
        net.Backward(data.X.Span, data.Labels.Span, state);
        double[] a = new double[M * 6], dz = new double[M * 6], last = new double[M * 3], dw = new double[6 * 8], w = new double[6 * 8];
        state.A2.FlattenTo(a);
        state.DZ2.FlattenTo(dz);
        state.DZ3.FlattenTo(last);
        state.DW2.FlattenTo(dw);
        net.W2.FlattenTo(w);

        LayerStatistics layer = diagnosis.Layers[1];
        Assert.Equal(cost, diagnosis.Cost, 1e-12);
        Assert.Equal(M, diagnosis.Examples);
        Assert.Equal((2, "Tanh", 6), (layer.Layer, layer.Activation, layer.Units));
        Assert.Equal(a.Average(), layer.Mean, 1e-12);
        Assert.Equal(Deviation(a), layer.Deviation, 1e-12);
        Assert.Equal(
            Math.Sqrt(Enumerable.Range(0, 6).Average(unit => Math.Pow(Deviation([.. a.Where((_, i) => i % 6 == unit)]), 2))), layer.Variation, 1e-12);
        Assert.Equal(a.Count(number => 1 - (number * number) < 0.05) / (double)a.Length, layer.SaturatedShare);
        Assert.Equal(RootMeanSquare(dz), layer.GradientSize, 1e-12);
        Assert.Equal(RootMeanSquare(dz) / RootMeanSquare(last), layer.GradientRatio, 1e-12);
        Assert.Equal(RootMeanSquare(dw), layer.WeightGradientSize, 1e-12);
        Assert.Equal(RootMeanSquare(w) * Math.Sqrt(8), layer.Gain, 1e-12);
        Assert.Null(diagnosis.Layers[2].SaturatedShare);
        Assert.Equal(1, diagnosis.Layers[2].GradientRatio);
    }

    [Fact]
    public void Saturated_layers_and_gradients_that_vanish_behind_sigmoids_are_named()
    {
        var deep = new DiagnosedNetworks.DeepSigmoid(seed: 1);
        var saturated = new DiagnosedNetworks.ClassifierDouble(seed: 1);
        foreach (ref double weight in saturated.Parameters.W(1))
        {
            weight *= 100;
        }

        NetworkDiagnosis vanishing = deep.Diagnose(Numbers(50, 5, 1, probabilities: true));
        NetworkDiagnosis full = saturated.Diagnose(Labelled(50, 4, 3));

        Assert.Contains(vanishing.Findings, finding => finding.StartsWith("Gradients vanish on the way down: as shares of DZ9 they are ", StringComparison.Ordinal) && finding.Contains(" in DZ1", StringComparison.Ordinal));
        Assert.Contains(full.Findings, finding => finding.StartsWith("Layer 1: ", StringComparison.Ordinal) && finding.Contains("saturated, where Tanh", StringComparison.Ordinal));
    }

    [Fact]
    public void Gradients_that_explode_and_numbers_that_are_none_are_named()
    {
        var net = new DiagnosedNetworks.Regression(seed: 1);
        foreach (int l in (int[])[2, 3])
        {
            foreach (ref double weight in net.Parameters.W(l))
            {
                weight *= 100;
            }
        }

        Dataset<double> data = Numbers(40, 3, 2);
        NetworkDiagnosis exploding = net.Diagnose(data);
        net.W1[0, 0] = double.NaN;
        NetworkDiagnosis broken = net.Diagnose(data);

        Assert.Contains(exploding.Findings, finding => finding.StartsWith("Gradients explode on the way down: as multiples of DZ3 they are ", StringComparison.Ordinal));
        Assert.StartsWith("Layer 1: 40 numbers of A1 are infinite or not a number.", broken.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_has_a_line_for_each_layer_and_says_when_nothing_stands_out()
    {
        NetworkDiagnosis diagnosis = new DiagnosedNetworks.ClassifierDouble(seed: 2).Diagnose(Labelled(100, 4, 3));

        string[] lines = diagnosis.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("ClassifierDouble [4, 8, 6, 3], 100 examples, cost ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("layer  activation  units   dead  saturated", lines[1], StringComparison.Ordinal);
        Assert.All(lines[2..5], line => Assert.Equal(lines[1].Length, line.Length));
        Assert.Equal("Nothing stands out.", lines[5]);
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused()
    {
        var net = new DiagnosedNetworks.ClassifierDouble(seed: 2);

        var refusal = Assert.Throws<ArgumentException>(() => net.Diagnose(Numbers(3, 5, 1)));

        Assert.Contains("Diagnose", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("InputSize 5", refusal.Message, StringComparison.Ordinal);
    }

    private static void Descend(DiagnosedNetworks.Cats net, Dataset<float> data, int steps, float rate)
    {
        DiagnosedNetworks.Cats.Workspace state = net.CreateWorkspace(data.Count);
        for (int i = 0; i < steps; i++)
        {
            net.DescendStep(data.X.Span, data.Y.Span, state, rate);
        }
    }

    // Noise with a bright half for a third of the pictures: easy to tell, if anything gets through.
    private static Dataset<float> Pictures()
    {
        const int Count = 36, Size = 12288;
        var random = new Random(1);
        var x = new float[Count * Size];
        var y = new float[Count];
        for (int i = 0; i < x.Length; i++)
        {
            int picture = i / Size;
            y[picture] = picture % 3 == 0 ? 1 : 0;
            x[i] = (float)((0.6 * random.NextDouble()) + (0.4 * ((i % Size < Size / 2) == (picture % 3 == 0) ? 1 : 0)));
        }

        return Dataset.FromRows(x, Size, y, 1);
    }

    private static Dataset<double> Numbers(int count, int inputs, int targets, bool probabilities = false)
    {
        var random = new Random(count);
        return Dataset.FromRows<double>(
            [.. Enumerable.Range(0, count * inputs).Select(_ => (2 * random.NextDouble()) - 1)],
            inputs,
            [.. Enumerable.Range(0, count * targets).Select(_ => probabilities ? random.Next(2) : random.NextDouble())],
            targets);
    }

    private static Dataset<double> Labelled(int count, int inputs, int classes)
    {
        var random = new Random(count);
        return Dataset.FromLabels<double>(
            [.. Enumerable.Range(0, count * inputs).Select(_ => (2 * random.NextDouble()) - 1)],
            inputs,
            [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))]);
    }

    private static double Deviation(double[] numbers)
    {
        double mean = numbers.Average();
        return Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
    }

    private static double RootMeanSquare(double[] numbers) => Math.Sqrt(numbers.Average(number => number * number));
}
