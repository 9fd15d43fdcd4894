using System.Reflection;

namespace CompiledDnn.Tests.Gradients;

/// <summary>
/// A network with weights, a batch and targets that lie away from every kink, so that differences of the cost are derivatives.
/// </summary>
internal sealed class GradientProblem
{
    // A step changes Z by a few 1e-5 at most.
    private const double Margin = 1e-3;

    private static readonly string[] s_kinked = ["ReLU", "LeakyReLU", "ELU"];

    private readonly Random _random;

    public GradientProblem(Type type, int m, int seed)
    {
        _random = new Random(seed);
        Net = (INetwork<double>)Activator.CreateInstance(type, seed, null)!;
        State = Net.CreateWorkspace(m, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        foreach (LayerInfo layer in Net.Shape.Layers)
        {
            foreach (ref double bias in Net.Parameters.B(layer.Index)[..layer.Outputs])
            {
                bias = 0.3 * Normal();
            }
        }

        X = DrawInputs(m);
        Net.Forward(X, State);
        Y = DrawTargets(type.GetCustomAttribute<NetworkAttribute>()!, m);
        Labels = [.. Enumerable.Range(0, m).Select(_ => _random.Next(Net.Shape.OutputSize))];
    }

    public INetwork<double> Net { get; }

    public NetworkWorkspace<double> State { get; }

    public double[] X { get; }

    public double[] Y { get; }

    public int[] Labels { get; }

    /// <summary>Weights of the examples, where the cost and its gradient have them.</summary>
    public double[]? Weights { get; private set; }

    /// <summary>Draws weights between 0 and 2, the first of which is zero.</summary>
    public void DrawWeights() => Weights = [0, .. Enumerable.Range(1, State.BatchSize - 1).Select(_ => 2 * _random.NextDouble())];

    /// <summary>The gradients as the network works them out.</summary>
    public void Backward(bool labels)
    {
        Net.Forward(X, State);
        switch (labels, Weights)
        {
            case (true, null):
                Net.OutputGradient(Labels, State);
                break;
            case (true, { } weights):
                Net.OutputGradient(Labels, weights, State);
                break;
            case (false, null):
                Net.OutputGradient(Y, State);
                break;
            case (false, { } weights):
                Net.OutputGradient(Y, weights, State);
                break;
        }

        Net.Backward(X, State);
    }

    /// <summary>The central difference quotient of the cost with respect to a number of the parameters or the inputs.</summary>
    public double Difference(ref double number, bool labels)
    {
        double before = number;
        double step = 1e-5 * Math.Max(1, Math.Abs(before));
        number = before + step;
        double right = number;
        double above = Cost(labels);
        number = before - step;
        double left = number;
        double below = Cost(labels);
        number = before;
        return (above - below) / (right - left);
    }

    private double Cost(bool labels)
    {
        Net.Forward(X, State);
        return (labels, Weights) switch
        {
            (true, null) => Net.Cost(Labels, State),
            (true, { } weights) => Net.Cost(Labels, weights, State),
            (false, null) => Net.Cost(Y, State),
            (false, { } weights) => Net.Cost(Y, weights, State),
        };
    }

    // One example after the other, each drawn until its Z are away from the kinks.
    private double[] DrawInputs(int m)
    {
        int n = Net.Shape.InputSize;
        var x = new double[m * n];
        for (int example = 0; example < m; example++)
        {
            Span<double> row = x.AsSpan(example * n, n);
            int draws = 0;
            do
            {
                if (++draws > 1000)
                {
                    throw new InvalidOperationException($"{Net.Shape}: no inputs away from the kinks were found.");
                }

                foreach (ref double feature in row)
                {
                    feature = Normal();
                }

                Net.Forward(row, State);
            }
            while (IsNearKink());
        }

        return x;
    }

    private bool IsNearKink()
    {
        foreach (LayerInfo layer in Net.Shape.Layers)
        {
            if (s_kinked.Contains(layer.Activation))
            {
                foreach (double z in State.ZBlock(layer.Index)[..layer.Outputs])
                {
                    if (Math.Abs(z) < Margin)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private double[] DrawTargets(NetworkAttribute network, int m)
    {
        int outputs = Net.Shape.OutputSize;
        int targets = Net.Shape.TargetSize;
        var y = new double[m * targets];
        for (int example = 0; example < m; example++)
        {
            for (int t = 0; t < targets; t++)
            {
                // Cross-entropies take any weights between 0 and 1; they need not add up to 1.
                y[(example * targets) + t] =
                    Net.Shape.Task != NetworkTask.Regression ? _random.NextDouble()
                    : targets == outputs ? State.Output(example)[t] + AwayFromKinks(network.HuberDelta)
                    : Normal();
            }
        }

        return y;
    }

    // Between 0 and δ or beyond it, on either side: neither absolute error nor Huber's has a kink there.
    private double AwayFromKinks(double delta)
    {
        double distance = delta * (_random.Next(2) == 0 ? 0.1 + (0.8 * _random.NextDouble()) : 1.1 + _random.NextDouble());
        return _random.Next(2) == 0 ? distance : -distance;
    }

    // Nearly normal: the sum of twelve uniform numbers has a variance of one.
    private double Normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += _random.NextDouble();
        }

        return sum;
    }
}
