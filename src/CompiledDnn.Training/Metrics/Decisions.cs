using System.Numerics;
using System.Runtime.Intrinsics;

namespace CompiledDnn;

/// <summary>How outputs become decisions.</summary>
internal static class Decisions
{
    /// <summary>What <see cref="Largest"/> and <see cref="Side"/> give for outputs that are not numbers: it equals no class.</summary>
    public const int None = -1;

    // Counts are taken out of their vector every so many numbers, because a float counts no further than 2^24.
    private const int FlushMask = (1 << 20) - 1;

    /// <summary>The first of the largest, or <see cref="None"/> if one is not a number.</summary>
    public static int Largest<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int largest = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (T.IsNaN(row[i]))
            {
                return None;
            }

            largest = row[i] > row[largest] ? i : largest;
        }

        return largest;
    }

    /// <summary>Counts the examples whose label is the first of the largest outputs, where all outputs are numbers.</summary>
    /// <param name="outputs">The outputs, a row for each example.</param>
    /// <param name="size">Outputs of an example.</param>
    /// <param name="stride">From one row to the next, at least the size.</param>
    /// <param name="labels">The labels, from 0 to size − 1.</param>
    public static int CountLargest<T>(ReadOnlySpan<T> outputs, int size, int stride, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (LargestOfVectors.Fits<T>(size, stride) && LargestOfVectors.TryCount(outputs, size, stride, labels, out int right))
        {
            return right;
        }

        right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            right += IsLargest(outputs.Slice(i * stride, size), labels[i]) ? 1 : 0;
        }

        return right;
    }

    /// <summary>True if an output is the first of the largest, and all of them are numbers.</summary>
    /// <param name="row">The outputs.</param>
    /// <param name="place">The place of the output.</param>
    public static bool IsLargest<T>(ReadOnlySpan<T> row, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A comparison with what is not a number is false.
        T value = row[place];
        int before = 0;
        if (Vector256.IsHardwareAccelerated && row.Length >= Vector256<T>.Count)
        {
            return IsLargestOfVectors(row, place);
        }

        for (int i = 0; i < row.Length; i++)
        {
            if (!(row[i] <= value))
            {
                return false;
            }

            before += i < place && row[i] == value ? 1 : 0;
        }

        return before == 0;
    }

    // The last vector ends where the row ends, and overlaps the one before it.
    private static bool IsLargestOfVectors<T>(ReadOnlySpan<T> row, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var value = Vector256.Create(row[place]);
        int first = row.Length;
        for (int i = 0; i < row.Length; i += Vector256<T>.Count)
        {
            int start = Math.Min(i, row.Length - Vector256<T>.Count);
            var outputs = Vector256.Create(row[start..]);
            if (!Vector256.LessThanOrEqualAll(outputs, value))
            {
                return false;
            }

            uint equal = Vector256.Equals(outputs, value).ExtractMostSignificantBits();
            first = equal == 0 ? first : Math.Min(first, start + BitOperations.TrailingZeroCount(equal));
        }

        return first == place;
    }

    /// <summary>1 above the threshold, else 0; <see cref="None"/> for what is not a number.</summary>
    public static int Side<T>(T output, T threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.IsNaN(output) ? None : output > threshold ? 1 : 0;

    /// <summary>Counts the outputs that are on the same side of the threshold as their targets are of 0.5.</summary>
    /// <param name="outputs">Outputs.</param>
    /// <param name="targets">As many targets.</param>
    /// <param name="threshold">The threshold.</param>
    public static int SameSides<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, T threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        int right = 0;
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var thresholds = new Vector<T>(threshold);
            var halves = new Vector<T>(half);
            Vector<T> counts = Vector<T>.Zero;
            for (; i <= outputs.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var a = new Vector<T>(outputs[i..]);
                var y = new Vector<T>(targets[i..]);
                Vector<T> differ = Vector.Xor(Vector.GreaterThan(a, thresholds), Vector.GreaterThan(y, halves));
                counts += Vector.AndNot(Vector.BitwiseAnd(Vector<T>.One, Vector.Equals(a, a)), differ);
                if ((i & FlushMask) == 0)
                {
                    right += int.CreateTruncating(Vector.Sum(counts));
                    counts = Vector<T>.Zero;
                }
            }

            right += int.CreateTruncating(Vector.Sum(counts));
        }

        for (; i < outputs.Length; i++)
        {
            bool same = (outputs[i] > threshold) == (targets[i] > half) && !T.IsNaN(outputs[i]);
            right += same ? 1 : 0;
        }

        return right;
    }
}
