using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using CompiledDnn.Tests.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Dropout;

/// <summary>The masks of vectors of every width are those of plain integers, for all numbers of units around the widths.</summary>
public class DropoutKernelTests
{
    private const int M = 3;
    private const int First = 11;

    public static TheoryData<string> Outputs => [.. Sizes.All.Select(size => size.Name)];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Vectors_of_every_width_equal_plain_integers(string outputs)
    {
        Type size = Sizes.All.Single(type => type.Name == outputs);
        foreach (Type number in (Type[])[typeof(float), typeof(double)])
        {
            var check = (ICheck)Activator.CreateInstance(typeof(Check<,>).MakeGenericType(number, size))!;
            check.Run();
        }
    }

    [Fact]
    public void A_bound_is_the_rate_in_units_of_two_to_the_minus_32()
    {
        Assert.Equal(0u, DropoutMask.Bound(0));
        Assert.Equal(0x80000000u, DropoutMask.Bound(0.5));
        Assert.Equal(uint.MaxValue, DropoutMask.Bound(1 - Math.Pow(2, -53)));
    }

    // The mask as the equations say, in plain integers.
    private static bool IsKept(ulong key, int example, int unit, double rate)
    {
        ulong z = key + (ulong)example + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        uint word = (uint)z + (uint)unit;
        word ^= word >> 16;
        word = unchecked(word * 0x21F0AAAD) ^ (uint)(z >> 32);
        word ^= word >> 15;
        word = unchecked(word * 0x735A2D97);
        word ^= word >> 15;
        return word >= rate * 4294967296.0;
    }

    private interface ICheck
    {
        void Run();
    }

    private sealed class Check<T, TOutputs> : ICheck
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOutputs : struct, ISize
    {
        private static int Stride => Lines.RoundUp<T>(TOutputs.Value);

        public void Run()
        {
            var random = new Random(TOutputs.Value);
            var a = new T[M * Stride];
            a.AsSpan().Fill(T.NaN); // what padding holds must not matter
            for (int i = 0; i < M; i++)
            {
                foreach (ref T number in a.AsSpan(i * Stride, TOutputs.Value))
                {
                    number = T.CreateTruncating(random.NextDouble());
                }
            }

            // The infinite are dropped like any other.
            a[0] = T.PositiveInfinity;
            ulong key = DropoutMask.Key(3, long.MaxValue, 2);
            var expected = new T[M * Stride];
            for (int i = 0; i < M; i++)
            {
                for (int unit = 0; unit < TOutputs.Value; unit++)
                {
                    expected[(i * Stride) + unit] = IsKept(key, First + i, unit, Layer.DropoutRate)
                        ? a[(i * Stride) + unit] * T.CreateTruncating(1 / (1 - Layer.DropoutRate))
                        : T.Zero;
                }
            }

            var dropped = new T[M * Stride];
            CompiledDnn.Kernels.Dropout.Forward<T, Layer>(a, dropped, key, First, M);
            Assert.Equal(expected, dropped);
            Assert.Equal(expected, Rows<Vector512Ops<T>, Vector512<T>>(a, key));
            Assert.Equal(expected, Rows<Vector256Ops<T>, Vector256<T>>(a, key));
            Assert.Equal(expected, Rows<Vector128Ops<T>, Vector128<T>>(a, key));
            Assert.Equal(expected, Rows<ScalarOps<T>, T>(a, key));

            // A share of the batch has the masks of its examples.
            var share = a[Stride..];
            for (int i = 0; i < M - 1; i++)
            {
                share.AsSpan((i * Stride) + TOutputs.Value, Stride - TOutputs.Value).Clear();
            }

            CompiledDnn.Kernels.Dropout.Backward<T, Layer>(share, key, First + 1, M - 1);
            Assert.Equal(expected[Stride..], share);
        }

        private static T[] Rows<TOps, TVector>(T[] a, ulong key)
            where TOps : struct, IVectorOps<TVector, T>, IWordOps<TVector>
            where TVector : struct
        {
            var result = new T[M * Stride];
            CompiledDnn.Kernels.Dropout.Rows<TOps, TVector, T, Layer>(ref a[0], ref result[0], key, First, M);
            return result;
        }

        private readonly struct Layer : IDenseLayer
        {
            public static int Inputs => 1;

            public static int Outputs => TOutputs.Value;

            public static int WeightStride => Stride;

            public static int InputRowStride => 1;

            public static int InputGradientRowStride => 1;

            public static int RowStride => Stride;

            public static double DropoutRate => 0.3;
        }
    }
}
