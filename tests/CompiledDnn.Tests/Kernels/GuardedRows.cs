using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>
/// Padded rows for a kernel that begin off every vector's border, with numbers before and after them that nobody may change and that
/// make a NaN of whatever reads them.
/// </summary>
internal sealed class GuardedRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // An odd number, so that rows begin one number after a border.
    private const int Guard = 65;

    private readonly T[] _memory;
    private readonly int _columns;
    private readonly int _stride;

    /// <param name="rows">How many rows.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="stride">From row to row.</param>
    public GuardedRows(int rows, int columns, int stride)
    {
        _columns = columns;
        _stride = stride;
        Count = rows;
        _memory = new T[(rows * stride) + (2 * Guard)];
        _memory.AsSpan().Fill(T.NaN);
        Span.Clear();
    }

    public int Count { get; }

    /// <summary>The rows, padding included.</summary>
    public Span<T> Span => _memory.AsSpan(Guard, _memory.Length - (2 * Guard));

    public T this[int row, int column]
    {
        get => Span[(row * _stride) + column];
        set => Span[(row * _stride) + column] = value;
    }

    /// <summary>Random numbers between −1 and 1, padding zero.</summary>
    public static GuardedRows<T> Random(Random random, int rows, int columns, int stride)
    {
        var result = new GuardedRows<T>(rows, columns, stride);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                result[row, column] = T.CreateTruncating((2 * random.NextDouble()) - 1);
            }
        }

        return result;
    }

    /// <summary>Rows to be overwritten: NaN, and zero in the padding, which has to stay zero.</summary>
    public static GuardedRows<T> Unwritten(int rows, int columns, int stride)
    {
        var result = new GuardedRows<T>(rows, columns, stride);
        for (int row = 0; row < rows; row++)
        {
            result.Span.Slice(row * stride, columns).Fill(T.NaN);
        }

        return result;
    }

    /// <summary>The numbers as dense rows, padding left out.</summary>
    public double[] Dense()
    {
        var dense = new double[Count * _columns];
        for (int row = 0, at = 0; row < Count; row++)
        {
            foreach (T number in Span.Slice(row * _stride, _columns))
            {
                dense[at++] = double.CreateTruncating(number);
            }
        }

        return dense;
    }

    /// <summary>Asserts every number of the rows, that padding is zero and that nothing outside was written.</summary>
    /// <param name="what">What the rows are.</param>
    /// <param name="expected">Dense rows.</param>
    /// <param name="tolerance">How far off a number may be.</param>
    public void AssertEquals(string what, double[] expected, double tolerance)
    {
        AssertUntouchedOutside(what);
        double[] actual = Dense();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance))
            {
                Assert.Fail($"{what}[{i / _columns}, {i % _columns}] is {actual[i]}; expected {expected[i]} ± {tolerance}.");
            }
        }
    }

    /// <summary>Asserts that both hold the same bits.</summary>
    public void AssertSameBits(string what, GuardedRows<T> other)
    {
        AssertUntouchedOutside(what);
        if (!Span.SequenceEqual(other.Span))
        {
            Assert.Fail($"{what} has other bits.");
        }
    }

    /// <summary>Asserts that nothing outside the rows was written, and that padding is zero.</summary>
    public void AssertUntouchedOutside(string what)
    {
        if (_memory.AsSpan(0, Guard).ContainsAnyExcept(T.NaN) || _memory.AsSpan(_memory.Length - Guard).ContainsAnyExcept(T.NaN))
        {
            Assert.Fail($"{what}: a number outside its rows was written.");
        }

        for (int row = 0; row < Count; row++)
        {
            if (Span[((row * _stride) + _columns)..((row + 1) * _stride)].ContainsAnyExcept(T.Zero))
            {
                Assert.Fail($"{what}: padding of row {row} is not zero.");
            }
        }
    }
}
