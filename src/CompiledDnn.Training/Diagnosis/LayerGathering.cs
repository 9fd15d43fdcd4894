using System.Numerics;

namespace CompiledDnn;

/// <summary>Gathers the statistics of one layer, batch after batch.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="layer">The layer.</param>
internal sealed class LayerGathering<T>(LayerInfo layer)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of each unit: its A of the first example, and sums and sums of squares of the differences from it, so that small ones are not lost.
    private readonly double[] _origins = new double[layer.Outputs];
    private readonly double[] _sums = new double[layer.Outputs];
    private readonly double[] _squares = new double[layer.Outputs];
    private readonly bool[] _isActive = new bool[layer.Outputs];
    private double _gradientSquares;
    private long _saturated;
    private long _notFinite;
    private long _examples;

    /// <summary>The root mean square of DZ so far.</summary>
    public double GradientSize => Math.Sqrt(_gradientSquares / (_examples * layer.Outputs));

    /// <summary>Adds the batch that went up and down last.</summary>
    public void Add(NetworkWorkspace<T> state)
    {
        ReadOnlySpan<T> a = state.ABlock(layer.Index);
        ReadOnlySpan<T> dz = state.DZBlock(layer.Index);
        for (int i = 0; i < state.BatchSize; i++, _examples++)
        {
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                AddUnit(unit, double.CreateTruncating(a[(i * layer.RowStride) + unit]));
                double gradient = double.CreateTruncating(dz[(i * layer.RowStride) + unit]);
                _gradientSquares += gradient * gradient;
            }
        }
    }

    /// <summary>The mean and the standard deviation of each unit over the examples.</summary>
    public void ReadColumns(out double[] means, out double[] deviations)
    {
        means = new double[layer.Outputs];
        deviations = new double[layer.Outputs];
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            double mean = _sums[unit] / _examples;
            means[unit] = _origins[unit] + mean;
            deviations[unit] = Math.Sqrt(Math.Max(0, (_squares[unit] / _examples) - (mean * mean)));
        }
    }

    /// <summary>The layer's statistics.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="weightGradients">The gradient of the cost over all examples, laid out like them.</param>
    /// <param name="last">The last layer's <see cref="GradientSize"/>.</param>
    public LayerStatistics Result(ParameterBlock<T> parameters, double[] weightGradients, double last)
    {
        ReadColumns(out double[] means, out double[] deviations);
        double mean = means.Average();
        double variance = deviations.Average(deviation => deviation * deviation);
        double weightSquares = 0, gradientSquares = 0;
        foreach (T weight in parameters.W(layer.Index))
        {
            weightSquares += double.CreateTruncating(weight) * double.CreateTruncating(weight);
        }

        foreach (double gradient in weightGradients.AsSpan(layer.WeightOffset, layer.WeightLength))
        {
            gradientSquares += gradient * gradient;
        }

        double weights = (double)layer.Inputs * layer.Outputs;
        return new LayerStatistics
        {
            Layer = layer.Index,
            Activation = layer.Activation,
            Units = layer.Outputs,
            Mean = mean,
            Deviation = Math.Sqrt(variance + means.Average(unit => (unit - mean) * (unit - mean))),
            Variation = Math.Sqrt(variance),
            DeadUnits = [.. Enumerable.Range(0, layer.Outputs).Where(unit => !_isActive[unit])],
            SaturatedShare = Saturates ? (double)_saturated / (_examples * layer.Outputs) : null,
            GradientSize = GradientSize,
            GradientRatio = last == 0 ? double.NaN : GradientSize / last,
            WeightGradientSize = Math.Sqrt(gradientSquares / weights),
            Gain = Math.Sqrt(weightSquares / weights * layer.Inputs),
            NotFinite = _notFinite,
        };
    }

    private bool Saturates => layer.Activation is nameof(Activation.Sigmoid) or nameof(Activation.Tanh);

    private void AddUnit(int unit, double a)
    {
        if (_examples == 0)
        {
            _origins[unit] = a;
        }

        double difference = a - _origins[unit];
        _sums[unit] += difference;
        _squares[unit] += difference * difference;
        _isActive[unit] |= a != 0;
        _notFinite += double.IsFinite(a) ? 0 : 1;
        if (Saturates)
        {
            // 4 a (1 − a) and 1 − a²: the derivative as a share of its largest.
            double derivative = layer.Activation == nameof(Activation.Sigmoid) ? 4 * a * (1 - a) : 1 - (a * a);
            _saturated += derivative < 0.05 ? 1 : 0;
        }
    }
}
