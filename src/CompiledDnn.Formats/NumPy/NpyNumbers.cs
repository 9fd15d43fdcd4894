using System.Numerics;
using System.Runtime.InteropServices;

namespace CompiledDnn;

/// <summary>Turns the bytes of a file into numbers.</summary>
internal static class NpyNumbers
{
    /// <summary>Reads numbers, rounded to nearest where T is a narrower floating-point type.</summary>
    /// <param name="bytes">As many numbers as the destination holds.</param>
    /// <param name="type">Their type.</param>
    /// <param name="destination">Overwritten.</param>
    /// <returns>How many were read: fewer than there are if T cannot hold one, being out of its range or no whole number.</returns>
    public static int Read<T>(ReadOnlySpan<byte> bytes, NpyType type, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        if (type == NpyType.Of<T>())
        {
            MemoryMarshal.Cast<byte, T>(bytes).CopyTo(destination);
            return destination.Length;
        }

        return (type.Kind, type.Size) switch
        {
            ('b', _) => ReadBools(bytes, destination),
            ('i', 1) => Convert<sbyte, T>(bytes, type, destination),
            ('i', 2) => Convert<short, T>(bytes, type, destination),
            ('i', 4) => Convert<int, T>(bytes, type, destination),
            ('i', 8) => Convert<long, T>(bytes, type, destination),
            ('u', 1) => Convert<byte, T>(bytes, type, destination),
            ('u', 2) => Convert<ushort, T>(bytes, type, destination),
            ('u', 4) => Convert<uint, T>(bytes, type, destination),
            ('u', 8) => Convert<ulong, T>(bytes, type, destination),
            ('f', 2) => Convert<Half, T>(bytes, type, destination),
            ('f', 4) => Convert<float, T>(bytes, type, destination),
            _ => Convert<double, T>(bytes, type, destination),
        };
    }

    private static int ReadBools<T>(ReadOnlySpan<byte> bytes, Span<T> destination)
        where T : INumberBase<T>
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = bytes[i] == 0 ? T.Zero : T.One;
        }

        return destination.Length;
    }

    private static int Convert<TFrom, T>(ReadOnlySpan<byte> bytes, NpyType type, Span<T> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T>
    {
        bool reverse = type.Size > 1 && type.IsBigEndian == BitConverter.IsLittleEndian;
        bool toInteger = NpyType.Of<T>().Kind != 'f';
        Span<byte> number = stackalloc byte[8];
        number = number[..type.Size];
        int i = 0;
        try
        {
            for (; i < destination.Length; i++)
            {
                bytes.Slice(i * type.Size, type.Size).CopyTo(number);
                if (reverse)
                {
                    number.Reverse();
                }

                TFrom from = MemoryMarshal.Read<TFrom>(number);
                if (toInteger && !TFrom.IsInteger(from))
                {
                    break;
                }

                T to = T.CreateChecked(from);
                if (T.IsInfinity(to) && TFrom.IsFinite(from))
                {
                    break;
                }

                destination[i] = to;
            }
        }
        catch (OverflowException)
        {
            // An integer beyond the range of T: the number at i is the one.
        }

        return i;
    }
}
