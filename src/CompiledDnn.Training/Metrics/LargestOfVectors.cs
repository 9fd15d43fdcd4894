using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn;

/// <summary>
/// Counts the examples whose label is the first of the largest outputs, where a row of outputs and the gap up to the next fill a vector. After a
/// small step that is most of what training adds to it, so each example takes one comparison and no branch.
/// </summary>
internal static class LargestOfVectors
{
    // The lanes of the widest vector.
    private const int MostLanes = 16;

    // All bits in the lanes before i, else none: from element 15 − i on. In bytes, because whole vectors of it would lie across two lines of the
    // cache for nearly every label, which takes longer than all else here.
    private static ReadOnlySpan<sbyte> Before =>
        [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>True for rows that it can count.</summary>
    /// <param name="size">Outputs of an example.</param>
    /// <param name="stride">From one row to the next.</param>
    public static bool Fits<T>(int size, int stride)
        where T : unmanaged => Avx512F.IsSupported && size <= Vector512<T>.Count && stride >= Vector512<T>.Count;

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
        ref sbyte before = ref MemoryMarshal.GetReference(Before);
        Vector512<T> smallest = Vector512<T>.One;
        Vector512<T> ofRow = Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(size)));
        int wrong = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            // A label is within the vector whatever it is.
            nuint label = (uint)labels[i] & (uint)(Vector512<T>.Count - 1);
            var value = Vector512.Create(Unsafe.Add(ref row, label));

            // What is not of the row is 0 and less. A comparison with what is not a number is false.
            Vector512<T> most = LessBefore(value, Vector128.LoadUnsafe(ref before, (MostLanes - 1) - label));
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
    private static Vector512<T> LessBefore<T>(Vector512<T> value, Vector128<sbyte> before)
        where T : unmanaged =>
        Unsafe.SizeOf<T>() == sizeof(float)
            ? (value.AsInt32() + Avx512F.ConvertToVector512Int32(before)).As<int, T>()
            : (value.AsInt64() + Avx512F.ConvertToVector512Int64(before)).As<long, T>();
}
