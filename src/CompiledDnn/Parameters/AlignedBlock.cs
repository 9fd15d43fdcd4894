using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn;

/// <summary>A fixed piece of managed memory that begins on a cache line and never moves, so that no vector of it straddles two.</summary>
/// <typeparam name="T">The type of its numbers.</typeparam>
public sealed class AlignedBlock<T>
    where T : unmanaged
{
    /// <summary>Bytes in a cache line, and in the widest vector.</summary>
    internal const int Alignment = 64;

    // A pinned array never moves, so the offset of its first cache line stays true, and the collector still frees it.
    private readonly T[] _array;
    private readonly int _start;

    /// <summary>Takes memory for <paramref name="length"/> numbers, all zero.</summary>
    /// <param name="length">How many numbers, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public unsafe AlignedBlock(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int slack = Alignment / Unsafe.SizeOf<T>();
        _array = GC.AllocateArray<T>(checked(length + slack), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _start = (int)((Alignment - (address % Alignment)) % Alignment) / Unsafe.SizeOf<T>();
        Length = length;
    }

    /// <summary>Numbers in the block.</summary>
    public int Length { get; }

    /// <summary>The whole block.</summary>
    public Span<T> Span => _array.AsSpan(_start, Length);

    /// <summary>The first number, or where it would be.</summary>
    internal ref T First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);

    /// <summary>Part of the block.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">How many numbers it has.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Slice(int offset, int length)
    {
        // One check where two spans would take three: a step of a small network asks for some twenty parts.
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)(uint)offset + (uint)length, (ulong)Length, nameof(length));
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref First, offset), length);
    }

    /// <summary>Rounds a length up to whole cache lines.</summary>
    /// <param name="length">How many numbers.</param>
    public static int RoundUp(int length)
    {
        int line = Alignment / Unsafe.SizeOf<T>();
        return checked((length + line - 1) / line * line);
    }
}
