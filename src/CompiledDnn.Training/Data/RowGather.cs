using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn;

/// <summary>Copies rows from anywhere side by side. Rows are short, so a call of the framework's copy for each would cost more than the copy.</summary>
internal static class RowGather
{
    // Longer rows are worth the call: it uses the processor's own instruction for long copies.
    private const int LongRowBytes = 2048;

    /// <summary>Copies rows.</summary>
    /// <param name="source">All rows.</param>
    /// <param name="size">Numbers in a row.</param>
    /// <param name="rows">Which rows, in their new order.</param>
    /// <param name="destination">As many rows; overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void Copy<T>(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> rows, Span<T> destination)
        where T : unmanaged
    {
        if (destination.Length != (long)rows.Length * size)
        {
            throw new ArgumentException($"{rows.Length} rows of {size} numbers do not fill {destination.Length}.", nameof(destination));
        }

        int count = size == 0 ? int.MaxValue : source.Length / size;
        long bytes = (long)size * Unsafe.SizeOf<T>();
        if (size == 1)
        {
            CopySingles(source, rows, destination);
        }
        else if (bytes > LongRowBytes)
        {
            CopyLong(source, size, rows, destination);
        }
        else if (bytes >= 64 && Vector512.IsHardwareAccelerated)
        {
            CopyBlocks<T, Vector512<byte>>(source, count, (int)bytes, rows, destination);
        }
        else if (bytes >= 32 && Vector256.IsHardwareAccelerated)
        {
            CopyBlocks<T, Vector256<byte>>(source, count, (int)bytes, rows, destination);
        }
        else if (bytes >= 16)
        {
            CopyBlocks<T, Vector128<byte>>(source, count, (int)bytes, rows, destination);
        }
        else if (bytes >= 8)
        {
            CopyBlocks<T, ulong>(source, count, (int)bytes, rows, destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopySingles<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> rows, Span<T> destination)
        where T : unmanaged
    {
        for (int i = 0; i < rows.Length && i < destination.Length; i++)
        {
            destination[i] = source[rows[i]];
        }
    }

    private static void CopyLong<T>(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> rows, Span<T> destination)
        where T : unmanaged
    {
        for (int i = 0; i < rows.Length; i++)
        {
            source.Slice(rows[i] * size, size).CopyTo(destination.Slice(i * size, size));
        }
    }

    // Blocks from the row's beginning, and one that ends where the row ends: it overlaps the one before, so no rest is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyBlocks<T, TBlock>(ReadOnlySpan<T> source, int count, int bytes, ReadOnlySpan<int> rows, Span<T> destination)
        where T : unmanaged
        where TBlock : unmanaged
    {
        ref byte all = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(source));
        ref byte to = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(destination));
        int last = bytes - Unsafe.SizeOf<TBlock>();
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)count)
            {
                ThrowNoRow(row, count);
            }

            ref byte from = ref Unsafe.AddByteOffset(ref all, (nint)row * bytes);
            for (int at = 0; at < last; at += Unsafe.SizeOf<TBlock>())
            {
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), Unsafe.ReadUnaligned<TBlock>(in Unsafe.Add(ref from, at)));
            }

            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, last), Unsafe.ReadUnaligned<TBlock>(in Unsafe.Add(ref from, last)));
            to = ref Unsafe.Add(ref to, bytes);
        }
    }

    [DoesNotReturn]
    private static void ThrowNoRow(int row, int count) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {count} rows, counted from 0; there is no row {row}.");
}
