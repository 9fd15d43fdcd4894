using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>Asks for memory before it is used, where the processor does not follow rows by itself because they lie on pages of their own.</summary>
internal static class Prefetch
{
    /// <summary>Rows this many bytes apart change pages so often that the processor does not follow them; nearer ones it does.</summary>
    public const int FarApart = 2048;

    private const int LineBytes = 64;

    /// <summary>Asks for as many lines as a tile's vectors take. A hint: an address beyond the last row is no error.</summary>
    /// <typeparam name="T">The number.</typeparam>
    /// <typeparam name="TLines">How many lines.</typeparam>
    /// <param name="row">A row.</param>
    /// <param name="distance">Numbers from it to what will be used.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Rows<T, TLines>(ref T row, int distance)
        where T : unmanaged
        where TLines : struct, ITileSize
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        byte* ahead = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref row, distance));
        Sse.Prefetch0(ahead);
        if (TLines.Value > 1)
        {
            Sse.Prefetch0(ahead + LineBytes);
        }

        if (TLines.Value > 2)
        {
            Sse.Prefetch0(ahead + (2 * LineBytes));
        }

        if (TLines.Value > 3)
        {
            Sse.Prefetch0(ahead + (3 * LineBytes));
        }
    }

    /// <summary>Asks for one or two lines, but no nearer than the L2 cache: for rows so far ahead that the L1 cache would lose them again.</summary>
    /// <typeparam name="T">The number.</typeparam>
    /// <typeparam name="TLines">How many lines.</typeparam>
    /// <param name="row">A row.</param>
    /// <param name="distance">Numbers from it to what will be used.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void RowsIntoL2<T, TLines>(ref T row, int distance)
        where T : unmanaged
        where TLines : struct, ITileSize
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        byte* ahead = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref row, distance));
        Sse.Prefetch1(ahead);
        if (TLines.Value > 1)
        {
            Sse.Prefetch1(ahead + LineBytes);
        }
    }
}
