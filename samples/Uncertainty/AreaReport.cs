using CompiledDnn;
using static System.FormattableString;

namespace Samples;

/// <summary>How good the predictions are, and how honest their uncertainty.</summary>
internal sealed class AreaReport
{
    private const int Shown = 5;
    private const double Deviations = 1.6449;   // 90 % of a normal distribution lie so many deviations around its mean

    private readonly Dataset<float> _test;
    private readonly Normal[] _predictions;
    private readonly double _commonDeviation;

    /// <summary>Predicts all test tumours.</summary>
    /// <param name="net">The trained network.</param>
    /// <param name="train">What it was trained with: gives the one deviation for all to compare with.</param>
    /// <param name="test">What it was not trained with.</param>
    public AreaReport(AreaPredictor net, Dataset<float> train, Dataset<float> test)
    {
        _test = test;
        _predictions = Predict(net, test);
        _commonDeviation = Math.Sqrt(Predict(net, train).Index().Average(p => Square(train.Target(p.Index)[0] - p.Item.Mean)));
    }

    /// <summary>The share of the test tumours within the interval that should hold 90 % of them.</summary>
    public double Covered => Share(_predictions, _ => true);

    /// <summary>Prints the errors, the likelihood with and without the network's own uncertainty, and some predictions.</summary>
    public void Print()
    {
        double error = Math.Sqrt(Targets().Average(t => Square(t.Target - t.Prediction.Mean)));
        double own = Targets().Average(t => t.Prediction.MinusLogLikelihood(t.Target));
        double common = Targets().Average(t => (t.Prediction with { Deviation = _commonDeviation }).MinusLogLikelihood(t.Target));
        Console.WriteLine(Invariant($"Areas of the largest nuclei, in thousands of pixels²: root mean squared error {error:F3} over {_test.Count} tumours."));
        Console.WriteLine(Invariant($"Minus log likelihood: {own:F3} with the network's own deviations, {common:F3} with {_commonDeviation:F3} for all."));
        Normal[] bySize = [.. _predictions.OrderBy(p => p.Mean)];
        double middle = bySize[bySize.Length / 2].Mean;
        Console.WriteLine(Invariant($"Mean deviation {_predictions.Where(p => p.Mean < middle).Average(p => p.Deviation):F3} for the smaller half, {_predictions.Where(p => p.Mean >= middle).Average(p => p.Deviation):F3} for the larger; within the interval: {Share(_predictions, p => p.Mean < middle):P0} and {Share(_predictions, p => p.Mean >= middle):P0}."));
        Console.WriteLine();
        foreach ((float target, Normal prediction) in Targets().Take(Shown))
        {
            Console.WriteLine(Invariant($"{prediction.Mean:F3} ± {Deviations * prediction.Deviation:F3}, in truth {target:F3}{(IsCovered(prediction, target) ? "" : "   outside")}"));
        }
    }

    private static Normal[] Predict(AreaPredictor net, Dataset<float> data)
    {
        var outputs = new float[data.Count * AreaPredictor.OutputSize];
        net.Predict(data.X.Span, outputs);
        return [.. outputs.Chunk(AreaPredictor.OutputSize).Select(row => new Normal(row[0], Math.Exp(0.5 * row[1])))];
    }

    private IEnumerable<(float Target, Normal Prediction)> Targets() => _predictions.Select((p, i) => (_test.Target(i)[0], p));

    private double Share(Normal[] predictions, Func<Normal, bool> among) =>
        predictions.Index().Where(p => among(p.Item)).Average(p => IsCovered(p.Item, _test.Target(p.Index)[0]) ? 1.0 : 0.0);

    private static bool IsCovered(Normal prediction, float target) => Math.Abs(target - prediction.Mean) <= Deviations * prediction.Deviation;

    private static double Square(double number) => number * number;

    private readonly record struct Normal(double Mean, double Deviation)
    {
        public double MinusLogLikelihood(double y) =>
            (0.5 * Math.Log(2 * Math.PI)) + Math.Log(Deviation) + (0.5 * Square((y - Mean) / Deviation));
    }
}
