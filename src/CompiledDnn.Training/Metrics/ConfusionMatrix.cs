using System.Globalization;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Counts which class was taken for which: a row for each class that examples are of, a column for each that was predicted.</summary>
public sealed class ConfusionMatrix
{
    private readonly string[] _names;
    private readonly double[,] _counts;
    private readonly double[] _undecided;

    /// <summary>Makes an empty one.</summary>
    /// <param name="classNames">The names of the classes in their order, at least one.</param>
    /// <exception cref="ArgumentException">There are no classes, or a name is null.</exception>
    public ConfusionMatrix(params IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count == 0 || classNames.Contains(null))
        {
            throw new ArgumentException("ConfusionMatrix: it needs at least one class, and a name for each.", nameof(classNames));
        }

        _names = [.. classNames];
        _counts = new double[_names.Length, _names.Length];
        _undecided = new double[_names.Length];
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> ClassNames => _names;

    /// <summary>The examples counted; if they have weights, the sum of the weights.</summary>
    public double Total { get; private set; }

    /// <summary>The examples that were predicted right.</summary>
    public double Right => Enumerable.Range(0, _names.Length).Sum(c => _counts[c, c]);

    /// <summary>The share that was predicted right; not a number if nothing was counted.</summary>
    public double Accuracy => Right / Total;

    /// <summary>How many examples of one class were predicted to be of another, or of the same.</summary>
    /// <param name="actual">The class that they are of.</param>
    /// <param name="predicted">The class that was predicted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int predicted] => _counts[Class(actual), Class(predicted)];

    /// <summary>How many examples of one class have outputs that are not numbers, so that nothing was predicted.</summary>
    /// <param name="actual">The class that they are of.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Undecided(int actual) => _undecided[Class(actual)];

    /// <summary>The examples of one class that were predicted to be of another, as a share of all that are of it; 0 if there are none.</summary>
    /// <param name="actual">The class that they are of.</param>
    /// <param name="predicted">The class that was predicted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Share(int actual, int predicted)
    {
        double all = _undecided[Class(actual)];
        for (int c = 0; c < _names.Length; c++)
        {
            all += _counts[actual, c];
        }

        return all == 0 ? 0 : this[actual, predicted] / all;
    }

    /// <summary>Counts an example.</summary>
    /// <param name="actual">The class that it is of.</param>
    /// <param name="predicted">The class that was predicted.</param>
    /// <param name="weight">How much it counts, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or the weight is negative or not a number.</exception>
    public void Add(int actual, int predicted, double weight = 1)
    {
        RequireWeight(weight);
        _counts[Class(actual), Class(predicted)] += weight;
        Total += weight;
    }

    /// <summary>Counts an example for which nothing was predicted.</summary>
    /// <param name="actual">The class that it is of.</param>
    /// <param name="weight">How much it counts, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or the weight is negative or not a number.</exception>
    public void AddUndecided(int actual, double weight = 1)
    {
        RequireWeight(weight);
        _undecided[Class(actual)] += weight;
        Total += weight;
    }

    /// <summary>The counts as a table.</summary>
    public override string ToString() => ConfusionTable.Of(this, static (matrix, actual, predicted) =>
        matrix[actual, predicted] is var count && count == 0 ? "·" : Number(count));

    /// <summary>The shares as a table, to three decimals: each row adds up to 1.</summary>
    public string ToShareString() => ConfusionTable.Of(this, static (matrix, actual, predicted) =>
        matrix.Share(actual, predicted) is var share && share == 0 ? "·" : share.ToString("F3", CultureInfo.InvariantCulture));

    /// <summary>A count as text: weights to four digits.</summary>
    internal static string Number(double count) =>
        count.ToString(count == Math.Floor(count) ? "F0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>Counts a batch.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="batch">Outputs and targets.</param>
    /// <param name="shape">What they mean.</param>
    internal void Add<T>(MetricBatch<T> batch, MetricShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        for (int i = 0; i < batch.Count; i++)
        {
            int actual = shape.IsBinary ? Decisions.Side(batch.Target(i)[0], half) : batch.Label(i);
            int predicted = shape.IsBinary ? Decisions.Side(batch.Output(i)[0], half) : Decisions.Largest(batch.Output(i));
            if (predicted == Decisions.None)
            {
                AddUndecided(actual, batch.Weight(i));
            }
            else
            {
                Add(actual, predicted, batch.Weight(i));
            }
        }
    }

    private int Class(int index) => (uint)index < (uint)_names.Length
        ? index
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, $"ConfusionMatrix: there are classes 0 to {_names.Length - 1}; there is no class {index}.");

    private static void RequireWeight(double weight)
    {
        if (!(weight >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "ConfusionMatrix: a weight is not negative.");
        }
    }
}
