using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>Numbers of a network from and to those of a file, little-endian, each rounded to nearest once, ties to even.</summary>
internal static class TensorNumbers
{
    /// <summary>Reads one number.</summary>
    /// <param name="source">Its bytes, and any that follow.</param>
    /// <param name="type">What they are.</param>
    /// <param name="number">The number.</param>
    /// <returns>False if it is finite, but beyond the range of T.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> source, NumberType type, out T number)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            number = Unsafe.BitCast<double, T>(
                type == NumberType.F64 ? BinaryPrimitives.ReadDoubleLittleEndian(source) : ReadSingle(source, type));
            return true;
        }

        if (type != NumberType.F64)
        {
            // Not by way of double, which would change the bits of some that are no number.
            number = Unsafe.BitCast<float, T>(ReadSingle(source, type));
            return true;
        }

        double value = BinaryPrimitives.ReadDoubleLittleEndian(source);
        number = Unsafe.BitCast<float, T>((float)value);
        return float.IsFinite((float)value) || !double.IsFinite(value);
    }

    /// <summary>Writes one number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="type">What it is written as.</param>
    /// <param name="destination">Where it goes.</param>
    /// <returns>False if it is finite, but beyond the range of the type.</returns>
    public static bool TryWrite<T>(T number, NumberType type, Span<byte> destination)
        where T : unmanaged
    {
        bool isSingle = typeof(T) == typeof(float);
        float single = isSingle ? Unsafe.BitCast<T, float>(number) : 0;
        double value = isSingle ? single : Unsafe.BitCast<T, double>(number);
        switch (type)
        {
            case NumberType.F64:
                BinaryPrimitives.WriteDoubleLittleEndian(destination, value);
                return true;

            case NumberType.F32:
                single = isSingle ? single : (float)value;
                BinaryPrimitives.WriteSingleLittleEndian(destination, single);
                return float.IsFinite(single) || !double.IsFinite(value);

            case NumberType.F16:
                var half = (Half)value;
                BinaryPrimitives.WriteHalfLittleEndian(destination, half);
                return Half.IsFinite(half) || !double.IsFinite(value);

            default:
                ushort brain = ToBFloat16(isSingle ? single : RoundToOdd(value));
                BinaryPrimitives.WriteUInt16LittleEndian(destination, brain);
                return float.IsFinite(FromBFloat16(brain)) || !double.IsFinite(value);
        }
    }

    private static float ReadSingle(ReadOnlySpan<byte> source, NumberType type) => type switch
    {
        NumberType.F32 => BinaryPrimitives.ReadSingleLittleEndian(source),
        NumberType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(source),
        _ => FromBFloat16(BinaryPrimitives.ReadUInt16LittleEndian(source)),
    };

    private static float FromBFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static ushort ToBFloat16(float number)
    {
        const uint Quiet = 0x0040;
        uint bits = BitConverter.SingleToUInt32Bits(number);
        return float.IsNaN(number) ? (ushort)((bits >> 16) | Quiet) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    // Rounded to nearest twice, a number could end on the wrong side: half way after the first time, it would no longer be known where it came
    // from. The last bit remembers (Boldo and Melquiond, "Emulation of a FMA and correctly-rounded sums", 2008).
    private static float RoundToOdd(double value)
    {
        var single = (float)value;
        uint bits = BitConverter.SingleToUInt32Bits(single);
        if (single == value || !float.IsFinite(single) || (bits & 1) != 0)
        {
            return single;
        }

        return BitConverter.UInt32BitsToSingle(Math.Abs(single) > Math.Abs(value) ? bits - 1 : bits + 1);
    }
}
