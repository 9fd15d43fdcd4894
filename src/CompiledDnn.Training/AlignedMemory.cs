using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn;

/// <summary>Managed memory that begins on a cache line and never moves, so that no vector of it straddles two lines.</summary>
internal static class AlignedMemory
{
    private const int Alignment = 64;

    /// <summary>Takes memory for <paramref name="length"/> numbers, all zero.</summary>
    public static Memory<T> Allocate<T>(int length)
        where T : unmanaged
    {
        // Pinned: the collector would else move the array, and with it the first cache line.
        T[] array = GC.AllocateArray<T>(checked(length + (Alignment / Unsafe.SizeOf<T>())), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        int start = (int)((Alignment - (address % Alignment)) % Alignment) / Unsafe.SizeOf<T>();
        return array.AsMemory(start, length);
    }

    /// <summary>Rounds a length up to whole cache lines.</summary>
    public static int RoundUp<T>(int length)
        where T : unmanaged
    {
        int line = Alignment / Unsafe.SizeOf<T>();
        return checked((length + line - 1) / line * line);
    }
}
