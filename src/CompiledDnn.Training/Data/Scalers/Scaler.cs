using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Brings inputs of different sizes on a par: x' = (x − c) / s, with a center c and a scale s for each column that are measured on the
/// training data. Validation and test data, and inputs of predictions, are scaled by the same numbers.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>A scaler of your own only says how to measure. Columns that do not vary keep their scale: s = 1.</remarks>
public abstract class Scaler<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As scikit-learn: a spread below that is rounding.
    private const double NoSpread = 10 * 2.220446049250313e-16;

    private const int BatchSize = 256;

    private double[]? _center;
    private double[] _scale = [];

    /// <summary>True once the numbers were measured or loaded.</summary>
    [MemberNotNullWhen(true, nameof(_center))]
    public bool IsFitted => _center is not null;

    /// <summary>Numbers in an example.</summary>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public int InputSize => Center.Length;

    /// <summary>c for each column.</summary>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public ReadOnlySpan<double> Center => IsFitted ? _center : throw NotFitted();

    /// <summary>s for each column, never zero.</summary>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public ReadOnlySpan<double> Scale => IsFitted ? _scale : throw NotFitted();

    /// <summary>Measures center and scale on the inputs of the training data.</summary>
    /// <param name="data">The training data; read once.</param>
    /// <returns>This scaler.</returns>
    /// <exception cref="ArgumentException">There are no examples, or an input is infinite or not a number.</exception>
    /// <exception cref="TrainingDataException">The source failed.</exception>
    public Scaler<T> Fit(IDataSource<T> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var center = new double[data.InputSize];
        var scale = new double[data.InputSize];
        Measure(data, center, scale);
        Set(center, scale, column => new ArgumentException(
            $"{GetType().Name}.Fit: column {column} of {data} came to a center of {center[column]} and a scale of {scale[column]}; inputs must be finite, and there must be some.",
            nameof(data)));
        return this;
    }

    /// <summary>Scales rows in place; allocates nothing.</summary>
    /// <param name="x">Rows of InputSize numbers.</param>
    /// <exception cref="ArgumentException">The length is no whole number of rows.</exception>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public void Transform(Span<T> x)
    {
        ReadOnlySpan<double> center = Center;
        ReadOnlySpan<double> scale = Scale;
        RequireRows(x.Length);
        for (; !x.IsEmpty; x = x[center.Length..])
        {
            for (int i = 0; i < center.Length; i++)
            {
                x[i] = T.CreateTruncating((double.CreateTruncating(x[i]) - center[i]) / scale[i]);
            }
        }
    }

    /// <summary>A copy of a data set with its inputs scaled; targets and weights are shared.</summary>
    /// <param name="data">The data set.</param>
    /// <exception cref="ArgumentException">It has another InputSize.</exception>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public Dataset<T> Transform(Dataset<T> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireSize(data.InputSize);
        T[] x = data.X.ToArray();
        Transform(x);
        return new Dataset<T>(x, data.InputSize, data.Y, data.TargetSize, data.Labels, data.HasLabels, data.Weights, data.HasWeights);
    }

    /// <summary>The same source with its inputs scaled as they are read.</summary>
    /// <param name="source">The source.</param>
    /// <exception cref="ArgumentException">It has another InputSize.</exception>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public IRandomAccessSource<T> Transform(IRandomAccessSource<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        RequireSize(source.InputSize);
        return new ScaledSource<T>(source, this);
    }

    /// <summary>Undoes the scaling of rows in place: x = x' · s + c.</summary>
    /// <param name="x">Rows of InputSize numbers.</param>
    /// <exception cref="ArgumentException">The length is no whole number of rows.</exception>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public void Inverse(Span<T> x)
    {
        ReadOnlySpan<double> center = Center;
        ReadOnlySpan<double> scale = Scale;
        RequireRows(x.Length);
        for (; !x.IsEmpty; x = x[center.Length..])
        {
            for (int i = 0; i < center.Length; i++)
            {
                x[i] = T.CreateTruncating((double.CreateTruncating(x[i]) * scale[i]) + center[i]);
            }
        }
    }

    /// <summary>
    /// Changes the first layer of a network that was trained on scaled inputs so that it takes inputs as they are, and gives the same
    /// outputs but for rounding: W1' = W1 · diag(1/s), b1' = b1 − W1' · c.
    /// </summary>
    /// <param name="network">The network; the changed parameters are published at once.</param>
    /// <exception cref="ArgumentException">It has another InputSize.</exception>
    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    public void FoldInto(INetwork<T> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        RequireSize(network.Shape.InputSize);
        ParameterBlock<T> folded = network.Parameters.Clone();
        int inputs = InputSize;
        var w = new T[network.Shape.Layer(1).Outputs * inputs];
        Span<T> b = folded.B(1);
        folded.CopyWeightsTo(1, w);
        for (int output = 0; output < w.Length / inputs; output++)
        {
            double shift = 0;
            for (int i = 0; i < inputs; i++)
            {
                // The shift follows from the weight as it is kept, so that its rounding does not shift the sum.
                ref T weight = ref w[(output * inputs) + i];
                weight = T.CreateTruncating(double.CreateTruncating(weight) / _scale[i]);
                shift += double.CreateTruncating(weight) * _center![i];
            }

            b[output] = T.CreateTruncating(double.CreateTruncating(b[output]) - shift);
        }

        folded.CopyWeightsFrom(1, w);
        network.Swap(folded);
    }

    /// <summary>Takes the numbers of the scaler in a network's file, written by <see cref="ScalerStorage.Save"/>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>This scaler.</returns>
    /// <exception cref="NetworkFileException">
    /// The file is damaged, has no scaler or one of another kind. This scaler is as it was.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Scaler<T> Load(string path)
    {
        (double[] center, double[] scale) = ScalerStorage.Read(this, path);
        Set(center, scale, column => ScalerStorage.Bad(path, $"column {column} of its scaler has a center of {center[column]} and a scale of {scale[column]}."));
        return this;
    }

    /// <summary>Measures center and scale of every column.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="center">c, to be written.</param>
    /// <param name="scale">s, to be written; see <see cref="OrOne"/>.</param>
    protected abstract void Measure(IDataSource<T> data, Span<double> center, Span<double> scale);

    /// <summary>A spread, or 1 if it is zero but for rounding: the column does not vary.</summary>
    protected static double OrOne(double spread) => spread < NoSpread ? 1 : spread;

    /// <summary>Shows the inputs of all examples, some rows at a time, in the source's own order.</summary>
    /// <param name="data">The source.</param>
    /// <param name="see">Sees rows of InputSize numbers.</param>
    /// <exception cref="TrainingDataException">The source failed.</exception>
    protected static void ForEachBatch(IDataSource<T> data, Action<ReadOnlySpan<T>> see)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(see);
        var supply = new EpochSupply<T>(data, BatchSize, shuffle: false, seed: 0);
        BatchBuffer<T> batch = supply.CreateBuffer();
        try
        {
            supply.Begin(epoch: 0, firstExample: 0);
            while (supply.Fill(batch))
            {
                see(batch.X);
            }
        }
        finally
        {
            supply.Close();
        }
    }

    // Takes numbers if all of them are of use.
    private void Set(double[] center, double[] scale, Func<int, Exception> refuse)
    {
        for (int column = 0; column < center.Length; column++)
        {
            if (!double.IsFinite(center[column]) || !double.IsFinite(scale[column]) || scale[column] == 0)
            {
                throw refuse(column);
            }
        }

        (_center, _scale) = (center, scale);
    }

    private void RequireRows(int length)
    {
        if (length % InputSize != 0)
        {
            throw new ArgumentException($"{GetType().Name}: expected rows of {InputSize} numbers, but there are {length} numbers.");
        }
    }

    private void RequireSize(int inputSize)
    {
        if (inputSize != InputSize)
        {
            throw new ArgumentException($"{GetType().Name}: it was fitted to examples of {InputSize} inputs, but these have {inputSize}.");
        }
    }

    private InvalidOperationException NotFitted() => new($"{GetType().Name}: call Fit with the training data first, or Load.");
}
