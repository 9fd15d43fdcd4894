using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn;

/// <summary>
/// Counts the examples whose label is the first of the largest outputs, where a row of outputs and the gap up to the next fill a vector. After a
/// small step that is most of what training adds to it, so each example takes one comparison and no branch.
/// </summary>
internal static class LargestOfVectors
{
    /// <summary>True for rows that it can count.</summary>
    /// <param name="size">Outputs of an example.</param>
    /// <param name="stride">From one row to the next.</param>
    public static bool Fits<T>(int size, int stride)
        where T : unmanaged => Vector512.IsHardwareAccelerated && size <= Vector512<T>.Count && stride >= Vector512<T>.Count;

    /// <summary>Counts them.</summary>
    /// <param name="outputs">The outputs, a row for each example.</param>
    /// <param name="size">Outputs of an example.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="labels">The labels, from 0 to size − 1.</param>
    /// <param name="right">How many there are.</param>
    /// <returns>False if there is a label whose output is not above 0: then it has not counted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static bool TryCount<T>(ReadOnlySpan<T> outputs, int size, int stride, ReadOnlySpan<int> labels, out int right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // All rows that are read, in one check.
        outputs = outputs[..(labels.IsEmpty ? 0 : ((labels.Length - 1) * stride) + Vector512<T>.Count)];
        ref T row = ref MemoryMarshal.GetReference(outputs);
        ref T before = ref MemoryMarshal.GetArrayDataReference(Lanes<T>.Before);
        Vector512<T> smallest = Vector512<T>.One;
        Vector512<T> ofRow = Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(size)));
        int wrong = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            // A label is within the vector whatever it is.
            nuint label = (uint)labels[i] & (uint)(Vector512<T>.Count - 1);
            var value = Vector512.Create(Unsafe.Add(ref row, label));

            // What is not of the row is 0 and less. A comparison with what is not a number is false.
            Vector512<T> most = LessBefore(value, Vector512.LoadUnsafe(ref before, label ^ (nuint)(Vector512<T>.Count - 1)));
            wrong += Vector512.LessThanOrEqualAll(Vector512.LoadUnsafe(ref row) & ofRow, most) ? 0 : 1;
            smallest = Vector512.MinNative(smallest, value);
            row = ref Unsafe.Add(ref row, stride);
        }

        right = labels.Length - wrong;
        return smallest[0] > T.Zero;
    }

    // What outputs may be at most: those before the label have to be less, so at most the number before it. The bits of positive numbers are in
    // the order of the numbers, so all bits, −1, added to them give that.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LessBefore<T>(Vector512<T> value, Vector512<T> before)
        where T : unmanaged =>
        Unsafe.SizeOf<T>() == sizeof(float)
            ? (value.AsInt32() + before.AsInt32()).As<int, T>()
            : (value.AsInt64() + before.AsInt64()).As<long, T>();

    private static class Lanes<T>
        where T : unmanaged
    {
        /// <summary>From element n − 1 − i of n lanes on: all bits in the lanes before i, else none.</summary>
        public static readonly T[] Before = Create();

        private static T[] Create()
        {
            int n = Vector512<T>.Count;
            var lanes = new T[(2 * n) - 1];
            MemoryMarshal.AsBytes(lanes.AsSpan(0, n - 1)).Fill(byte.MaxValue);
            return lanes;
        }
    }
}
