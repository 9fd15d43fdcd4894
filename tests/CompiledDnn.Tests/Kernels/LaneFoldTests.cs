using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Sums over the lanes of many rows at once against those of one row, for every number of rows.</summary>
public class LaneFoldTests
{
    [Fact]
    public void Rows_together_give_what_each_gives_by_itself()
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
        for (int count = 1; count <= TOps.Count + 1; count++)
        {
            GuardedRows<T> memory = GuardedRows<T>.Random(new Random(count), count, TOps.Count, TOps.Count);
            var rows = new MemoryRows<T>(memory.Span);
            var sums = new T[TOps.Count];
            TOps.Store(LaneFold.Run<TOps, TVector, T, MemoryRows<T>>(in rows, count), ref sums[0]);
            for (int row = 0; row < Math.Min(count, TOps.Count); row++)
            {
                Assert.Equal(TOps.Sum(rows.Row<TOps, TVector>(row)), sums[row]);
            }
        }
    }

    private readonly ref struct MemoryRows<T>(Span<T> memory) : ILaneRows<T>
        where T : unmanaged
    {
        private readonly Span<T> _memory = memory;

        public TVector Row<TOps, TVector>(int row)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => TOps.Load(ref Unsafe.Add(ref _memory[0], row * TOps.Count));
    }
}
