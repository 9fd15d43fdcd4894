using CompiledDnn;

namespace Samples;

/// <summary>
/// Brings every feature to mean 0 and standard deviation 1: areas in the hundreds and smoothnesses of a tenth begin on a par.
/// Mean and deviation are those of the training data; the test data is only ever transformed by them.
/// </summary>
internal sealed class Standardizer
{
    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <summary>Measures mean and deviation.</summary>
    /// <param name="train">The training data.</param>
    public Standardizer(Dataset<float> train)
    {
        _mean = new double[train.InputSize];
        _deviation = new double[train.InputSize];
        for (int f = 0; f < train.InputSize; f++)
        {
            double[] values = [.. Enumerable.Range(0, train.Count).Select(i => (double)train.Row(i)[f])];
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            _mean[f] = mean;
            _deviation[f] = deviation > 0 ? deviation : 1;   // a feature that never changes becomes 0
        }
    }

    /// <summary>A copy of a data set with its features standardised.</summary>
    /// <param name="data">The data set; its targets are shared.</param>
    public Dataset<float> Apply(Dataset<float> data)
    {
        float[] x = data.X.ToArray();
        for (int i = 0; i < x.Length; i++)
        {
            int f = i % _mean.Length;
            x[i] = (float)((x[i] - _mean[f]) / _deviation[f]);
        }

        return Dataset.FromRows(x, data.InputSize, data.Y, data.TargetSize);
    }
}
