using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The first lanes of a vector from and to memory that ends behind them.</summary>
public class PartialVectorTests
{
    [Fact]
    public void The_first_lanes_are_read_and_written_and_nothing_else_is()
    {
        All<float>();
        All<double>();
    }

    private static void All<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T, Vector512Ops<T>, Vector512<T>>();
        Check<T, Vector256Ops<T>, Vector256<T>>();
        Check<T, Vector128Ops<T>, Vector128<T>>();
        Check<T, ScalarOps<T>, T>();
    }

    private static void Check<T, TOps, TVector>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int count = 1; count <= TOps.Count; count++)
        {
            GuardedRows<T> from = GuardedRows<T>.Random(new Random(count), 1, count, count);
            var whole = new T[TOps.Count];
            TOps.Store(PartialVector.Load<TOps, TVector, T>(in from.Span[0], count), ref whole[0]);
            Assert.Equal([.. from.Span, .. new T[TOps.Count - count]], whole);

            GuardedRows<T> to = GuardedRows<T>.Unwritten(1, count, count);
            PartialVector.Store(TOps.One, ref to.Span[0], count);
            to.AssertEquals($"{count} of {TOps.Count} lanes", [.. Enumerable.Repeat(1.0, count)], 0);

            GuardedRows<T> numbers = GuardedRows<T>.Random(new Random(count), 1, TOps.Count, TOps.Count), pieces = GuardedRows<T>.Unwritten(1, count, count);
            VectorPieces.Store<TOps, TVector, T>(TOps.Load(in numbers.Span[0]), ref pieces.Span[0], count);
            pieces.AssertEquals(
                $"{count} of {TOps.Count} lanes in pieces", [.. numbers.Span[..count].ToArray().Select(double.CreateTruncating)], 0);
        }
    }
}
