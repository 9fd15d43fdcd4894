using System.Numerics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Bounds in one instruction give the bits of a comparison and a choice, zeros of both signs and NaN included.</summary>
public sealed class BoundTests
{
    [Fact]
    public void Bits_are_those_of_a_comparison_and_a_choice_in_float() => Check<float>();

    [Fact]
    public void Bits_are_those_of_a_comparison_and_a_choice_in_double() => Check<double>();

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] numbers = [T.Zero, T.NegativeZero, T.One, -T.One, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon];
        foreach (T bound in numbers.Where(number => !T.IsNaN(number)))
        {
            foreach (T x in numbers)
            {
                VectorDispatch.Run<T, Compare<T>>(new(bound, x));
            }
        }
    }

    private readonly struct Compare<T>(T bound, T x) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _bound = bound;
        private readonly T _x = x;

        public void Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            TVector bound = TOps.Broadcast(_bound), x = TOps.Broadcast(_x);
            Assert.Equal(
                Bits<TOps, TVector>(TOps.Select(TOps.GreaterThan(bound, x), bound, x)), Bits<TOps, TVector>(Bound.AtLeast<TOps, TVector, T>(bound, x)));
            Assert.Equal(
                Bits<TOps, TVector>(TOps.Select(TOps.GreaterThan(x, bound), bound, x)), Bits<TOps, TVector>(Bound.AtMost<TOps, TVector, T>(bound, x)));
        }

        private static string Bits<TOps, TVector>(TVector vector)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            var numbers = new T[TOps.Count];
            TOps.Store(vector, ref numbers[0]);
            return string.Join(" ", numbers.Select(number => BitConverter.DoubleToUInt64Bits(double.CreateTruncating(number))));
        }
    }
}
