using System.Numerics;

namespace CompiledDnn;

/// <summary>Works out a <see cref="GradientCheck"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct GradientChecker<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly INetwork<T> _network;
    private readonly NetworkWorkspace<T> _state;
    private readonly T[] _costs;
    private readonly ReadOnlySpan<T> _x;
    private readonly ReadOnlySpan<T> _y;
    private readonly ReadOnlySpan<int> _labels;

    /// <param name="network">The network.</param>
    /// <param name="x">m rows of inputs.</param>
    /// <param name="y">m rows of targets; empty where labels are given.</param>
    /// <param name="labels">m labels; empty where rows are given.</param>
    public GradientChecker(INetwork<T> network, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<int> labels)
    {
        _network = network;
        _x = x;
        _y = y;
        _labels = labels;
        int m = BoundaryCheck.Examples(network.Shape, "CheckGradients", x.Length);
        _state = network.CreateWorkspace(m);
        _costs = new T[m];
    }

    private static double Step => typeof(T) == typeof(float) ? 1.0 / 256 : 1e-5;

    private static double Bound => typeof(T) == typeof(float) ? 0.02 : 1e-7;

    /// <summary>Checks the layers.</summary>
    public GradientCheck Run(int mostPerLayer)
    {
        NetworkShape shape = _network.Shape;
        if (mostPerLayer < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(mostPerLayer), mostPerLayer, $"{shape.Name}.CheckGradients: at least 1 parameter of each layer is checked, but it is {mostPerLayer}.");
        }

        _network.Forward(_x, _state);
        if (_labels.IsEmpty)
        {
            _network.OutputGradient(_y, _state);
        }
        else
        {
            _network.OutputGradient(_labels, _state);
        }

        _network.Backward(_x, _state);
        T[] gradients = _state.Gradients.ToArray();
        double cost = Cost();
        var layers = new LayerGradientCheck[shape.Layers.Length];
        var all = new Norms();
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = Check(shape.Layers[l], gradients, cost, mostPerLayer, ref all);
        }

        return new GradientCheck(layers, all.RelativeError, Bound);
    }

    private LayerGradientCheck Check(LayerInfo layer, T[] gradients, double cost, int most, ref Norms all)
    {
        int parameters = (layer.Inputs + 1) * layer.Outputs;
        int count = Math.Min(most, parameters);
        var norms = new Norms();
        (string Name, double Gradient, double Difference) worst = (string.Empty, 0, 0);
        double furthest = -1;
        for (int i = 0; i < count; i++)
        {
            (int output, int input) = Math.DivRem(Place(i, count, parameters), layer.Inputs + 1);
            bool isBias = input == layer.Inputs;
            int at = isBias ? layer.BiasOffset + output : layer.WeightOffset + (output * layer.OutputStride) + (input * layer.InputStride);
            double gradient = double.CreateTruncating(gradients[at]);
            double difference = Difference(ref _network.Parameters.Span[at], cost, gradient);
            norms.Add(gradient, difference);
            all.Add(gradient, difference);

            // What is not a number is as far apart as can be.
            if (!(Math.Abs(gradient - difference) <= furthest))
            {
                furthest = Math.Abs(gradient - difference);
                string name = isBias ? $"B{layer.Index}[{output}]" : $"W{layer.Index}[{output}, {input}]";
                worst = (name, gradient, difference);
            }
        }

        return new LayerGradientCheck(layer.Index, count, parameters, norms.RelativeError, worst.Name, worst.Gradient, worst.Difference);
    }

    // One of each of so many equal parts, each time at another place of the part: at a fixed one all could be weights of one input.
    private static int Place(int part, int parts, int count)
    {
        double within = part * 0.6180339887498949 % 1;
        return (int)Math.Min(count - 1, (part + within) * count / parts);
    }

    // The central difference, or one to a side if it is nearer: where one side has a kink, the other's is right.
    private double Difference(ref T parameter, double cost, double gradient)
    {
        T before = parameter;
        try
        {
            T step = T.CreateTruncating(Step * Math.Max(1, Math.Abs(double.CreateTruncating(before))));
            T right = parameter = before + step;
            double above = Cost();
            T left = parameter = before - step;
            double below = Cost();
            double up = double.CreateTruncating(right - before);
            double down = double.CreateTruncating(before - left);
            ReadOnlySpan<double> differences = [(above - below) / (up + down), (above - cost) / up, (cost - below) / down];
            double nearest = differences[0];
            foreach (double difference in differences[1..])
            {
                nearest = Math.Abs(difference - gradient) < Math.Abs(nearest - gradient) ? difference : nearest;
            }

            return nearest;
        }
        finally
        {
            parameter = before;
        }
    }

    // The mean in double: rounded to T, it would lose half of its digits in the difference.
    private double Cost()
    {
        _network.Forward(_x, _state);
        if (_labels.IsEmpty)
        {
            _network.ExampleCosts(_y, _state, _costs);
        }
        else
        {
            _network.ExampleCosts(_labels, _state, _costs);
        }

        double sum = 0;
        foreach (T cost in _costs)
        {
            sum += double.CreateTruncating(cost);
        }

        return sum / _costs.Length;
    }

    private struct Norms
    {
        private double _gradients;
        private double _differences;
        private double _errors;

        public readonly double RelativeError =>
            _errors == 0 ? 0 : Math.Sqrt(_errors) / (Math.Sqrt(_gradients) + Math.Sqrt(_differences));

        public void Add(double gradient, double difference)
        {
            _gradients += gradient * gradient;
            _differences += difference * difference;
            _errors += (gradient - difference) * (gradient - difference);
        }
    }
}
