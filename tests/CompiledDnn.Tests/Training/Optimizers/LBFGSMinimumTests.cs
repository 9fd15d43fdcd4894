using System.Numerics;
using System.Text.Json;
using CompiledDnn.Tests.Notebook;
using Samples;
using Xunit;

namespace CompiledDnn.Tests.Training;

[Network(30, 1, Precision = Precision.Double)]
public sealed partial class LogisticMinimum;

[Network(30, 4, 1, Hidden = Activation.Tanh, Precision = Precision.Double)]
public sealed partial class NetworkMinimum;

[Network(30, 4, 1, Hidden = Activation.Tanh)]
public sealed partial class SingleNetworkMinimum;

/// <summary>L-BFGS on the breast cancer data beside SciPy and scikit-learn: lbfgs_minima.json, by the script beside it.</summary>
public class LBFGSMinimumTests
{
    private static readonly JsonElement s_root = GoldenFile.Read("lbfgs_minima.json");

    [Fact]
    public void Logistic_regression_has_the_minimum_of_SciPy_and_scikit_learn()
    {
        var net = new LogisticMinimum(seed: 1);
        net.Parameters.Span.Clear();
        double cost = Minimize(net, out int evaluations);

        JsonElement expected = s_root.GetProperty("logistic");
        Assert.Equal(expected.GetProperty("cost").GetDouble(), cost, 1e-10);
        Assert.InRange(expected.GetProperty("scikit_learn_cost").GetDouble() - cost, 0, 1e-9);
        var w = new double[30];
        net.Parameters.CopyWeightsTo(1, w);
        Assert.All(Doubles(expected.GetProperty("W")).Zip(w), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.InRange(evaluations, 5, expected.GetProperty("evaluations").GetInt32());
    }

    [Fact]
    public void A_small_network_ends_at_the_cost_of_SciPy_from_the_same_start()
    {
        JsonElement expected = s_root.GetProperty("network");
        var net = new NetworkMinimum(seed: 1);
        Start(net);
        double cost = Minimize(net, out int evaluations);

        Assert.Equal(expected.GetProperty("cost").GetDouble(), cost, 1e-7);
        Assert.InRange(evaluations, 20, 2 * expected.GetProperty("evaluations").GetInt32());
    }

    [Fact]
    public void In_float_it_ends_there_to_the_rounding_of_the_cost()
    {
        var net = new SingleNetworkMinimum(seed: 1);
        Start(net);
        double cost = Minimize(net, out _);

        Assert.Equal(s_root.GetProperty("network").GetProperty("cost").GetDouble(), cost, 1e-5);
    }

    private static double Minimize<T>(INetwork<T> net, out int evaluations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dataset<T> data = Data<T>();
        var objective = new Counting<T>(new NetworkObjective<T>(net, net.CreateWorkspace(data.Count), data, s_root.GetProperty("l2").GetDouble()));
        OptimizerState<T> state = Optimizer.LBFGS(costTolerance: 1e-13).CreateState<T>(net.Shape);
        var step = new LBFGSStep<T>(state, objective);
        WholeBatchOutcome outcome;
        do
        {
            outcome = step.Run();
        }
        while (outcome == WholeBatchOutcome.Moved && state.Steps < 2000);

        // What rounding allows was reached, and not the limit of the steps.
        Assert.NotEqual(WholeBatchOutcome.Moved, outcome);
        Assert.NotEqual(WholeBatchOutcome.NotFinite, outcome);
        Assert.Equal(step.Cost, objective.Evaluate());
        evaluations = objective.Evaluations - 1;
        return step.Cost;
    }

    private static void Start<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonElement start = s_root.GetProperty("network").GetProperty("start");
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            net.Parameters.CopyWeightsFrom(layer.Index, [.. Doubles(start[layer.Index - 1].GetProperty("W")).Select(T.CreateChecked)]);
            double[] b = Doubles(start[layer.Index - 1].GetProperty("b"));
            for (int o = 0; o < b.Length; o++)
            {
                net.Parameters.B(layer.Index)[o] = T.CreateChecked(b[o]);
            }
        }
    }

    // Standardised in double, as the script does it.
    private static Dataset<T> Data<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (float[] measurements, int[] labels) = EmbeddedCsv.Read("breast_cancer.csv", 30, hasHeader: true);
        double[] x = [.. measurements.Select(value => (double)value)];
        for (int f = 0; f < 30; f++)
        {
            double[] values = [.. labels.Select((_, i) => x[(i * 30) + f])];
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            for (int i = 0; i < labels.Length; i++)
            {
                x[(i * 30) + f] = (x[(i * 30) + f] - mean) / deviation;
            }
        }

        return Dataset.FromRows([.. x.Select(T.CreateChecked)], 30, [.. labels.Select(label => T.CreateChecked(label))], 1);
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private sealed class Counting<T>(NetworkObjective<T> objective) : IObjective<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Evaluations { get; private set; }

        public Span<T> Parameters => objective.Parameters;

        public ReadOnlySpan<T> Gradients => objective.Gradients;

        public double Evaluate()
        {
            Evaluations++;
            return objective.Evaluate();
        }
    }
}
