using System.Buffers.Binary;
using Xunit;

namespace CompiledDnn.Tests;

public class TensorNumbersTests
{
    [Theory]
    [InlineData(NumberType.F16)]
    [InlineData(NumberType.BF16)]
    public void Every_number_of_two_bytes_is_read_exactly_and_written_back(NumberType type)
    {
        Span<byte> bytes = stackalloc byte[2];
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)bits);
            Assert.True(TensorNumbers.TryRead(bytes, type, out float single));
            Assert.True(TensorNumbers.TryRead(bytes, type, out double wide));
            double expected = Value((ushort)bits, type);
            Assert.Equal(expected, wide);
            Assert.Equal(expected, single);
            if (!double.IsNaN(expected))
            {
                Assert.Equal((ushort)bits, Written(single, type));
                Assert.Equal((ushort)bits, Written(wide, type));
            }
            else
            {
                Assert.True(double.IsNaN(Value(Written(single, type), type)));
                Assert.True(double.IsNaN(Value(Written(wide, type), type)));
            }
        }
    }

    [Theory]
    [InlineData(NumberType.F16)]
    [InlineData(NumberType.BF16)]
    public void Numbers_between_two_are_rounded_to_the_nearer_one_and_ties_to_even(NumberType type)
    {
        // Every finite number but the largest, and the one after it.
        int largest = type == NumberType.F16 ? 0x7BFF : 0x7F7F;
        for (int bits = 0; bits < largest; bits++)
        {
            (ushort below, ushort above) = ((ushort)bits, (ushort)(bits + 1));
            double middle = (Value(below, type) / 2) + (Value(above, type) / 2);
            ushort even = (bits & 1) == 0 ? below : above;
            foreach (double sign in (double[])[1, -1])
            {
                ushort minus = sign < 0 ? (ushort)0x8000 : (ushort)0;
                Assert.Equal((ushort)(even | minus), Written(sign * middle, type));
                Assert.Equal((ushort)(below | minus), Written(sign * Math.BitDecrement(middle), type));
                Assert.Equal((ushort)(above | minus), Written(sign * Math.BitIncrement(middle), type));

                // The middle fits single precision but for the smallest numbers of BF16.
                if ((float)middle == middle && (float)middle != 0)
                {
                    Assert.Equal((ushort)(even | minus), Written((float)(sign * middle), type));
                    Assert.Equal((ushort)(below | minus), Written((float)sign * MathF.BitDecrement((float)middle), type));
                    Assert.Equal((ushort)(above | minus), Written((float)sign * MathF.BitIncrement((float)middle), type));
                }
            }
        }
    }

    [Theory]
    [InlineData(NumberType.F16, 65519.99999999999, 65520.0)]
    [InlineData(NumberType.BF16, 3.3961775292304597e38, 3.39617752923046e38)]
    [InlineData(NumberType.F32, 3.4028235677973362e38, 3.4028235677973366e38)]
    public void Finite_numbers_beyond_the_range_are_refused_and_infinite_ones_are_not(NumberType type, double last, double beyond)
    {
        var bytes = new byte[8];
        Assert.True(TensorNumbers.TryWrite(last, type, bytes));
        Assert.True(TensorNumbers.TryWrite(-last, type, bytes));
        Assert.False(TensorNumbers.TryWrite(beyond, type, bytes));
        Assert.False(TensorNumbers.TryWrite(-beyond, type, bytes));
        Assert.False(TensorNumbers.TryWrite(double.MaxValue, type, bytes));
        Assert.True(TensorNumbers.TryWrite(double.NegativeInfinity, type, bytes));
        Assert.True(TensorNumbers.TryRead(bytes, type, out float infinite));
        Assert.Equal(float.NegativeInfinity, infinite);
        Assert.True(TensorNumbers.TryWrite(float.NaN, type, bytes));
        Assert.True(TensorNumbers.TryRead(bytes, type, out double none));
        Assert.Equal(double.NaN, none);
    }

    private static ushort Written<T>(T number, NumberType type)
        where T : unmanaged
    {
        var bytes = new byte[2];
        Assert.True(TensorNumbers.TryWrite(number, type, bytes));
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    // Sign, exponent and fraction, by the definition of the formats.
    private static double Value(ushort bits, NumberType type)
    {
        (int digits, int exponents) = type == NumberType.F16 ? (10, 5) : (7, 8);
        int fraction = bits & ((1 << digits) - 1);
        int exponent = (bits >> digits) & ((1 << exponents) - 1);
        int bias = (1 << (exponents - 1)) - 1;
        double size =
            exponent == (1 << exponents) - 1 ? (fraction == 0 ? double.PositiveInfinity : double.NaN)
            : exponent == 0 ? Math.ScaleB(fraction, 1 - bias - digits)
            : Math.ScaleB(fraction + (1 << digits), exponent - bias - digits);
        return (bits & 0x8000) == 0 ? size : -size;
    }
}
