using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Kernels;

/// <summary>One count of columns in one precision, for any number of rows.</summary>
internal interface IBroadcastProductCase
{
    void Check(int rows);
}

/// <summary>A broadcast product with every epilogue and the widest vectors that are switched on, against the same one number at a time.</summary>
internal sealed class BroadcastProductCase<T, TColumns> : IBroadcastProductCase
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TColumns : struct, ISize
{
    private const int Terms = 5;

    private readonly Random _random = new(TColumns.Value);

    private static int Stride => Lines.RoundUp<T>(TColumns.Value);

    public void Check(int rows)
    {
        Check<ActivationEpilogue<T, ReLU<T>>>(rows, keepsSums: true);
        Check<BiasEpilogue<T>>(rows, keepsSums: false);
        Check<MeanEpilogue<T>>(rows, keepsSums: false);
        Check<DescendEpilogue<T>>(rows, keepsSums: false);
        Check<AddMeanEpilogue<T>>(rows, keepsSums: false);
        Check<DerivativeEpilogue<T, Tanh<T>>>(rows, keepsSums: false);
    }

    private void Check<TEpilogue>(int rows, bool keepsSums)
        where TEpilogue : struct, IEpilogue<T>
    {
        var operands = new Operands
        {
            P = GuardedRows<T>.Random(_random, rows, Terms, Terms),
            Q = GuardedRows<T>.Random(_random, Terms, TColumns.Value, Stride),
            Aside = GuardedRows<T>.Random(_random, TEpilogue.HasBias ? 1 : rows, TColumns.Value, Stride),
            Old = GuardedRows<T>.Random(_random, rows, TColumns.Value, Stride),
            KeepsSums = keepsSums,
        };
        (GuardedRows<T> c, GuardedRows<T> sums) = Run<TEpilogue, ScalarOps<T>, T>(operands, rows);
        if (Vector512.IsHardwareAccelerated)
        {
            Compare<Vector512Ops<T>, Vector512<T>>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Compare<Vector256Ops<T>, Vector256<T>>();
        }
        else
        {
            Compare<Vector128Ops<T>, Vector128<T>>();
        }

        void Compare<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct
        {
            (GuardedRows<T> otherC, GuardedRows<T> otherSums) = Run<TEpilogue, TOps, TVector>(operands, rows);
            string what = $"{typeof(TEpilogue).Name}, {rows} rows of {TColumns.Value} {typeof(T).Name}, {TOps.Count} lanes:";
            otherC.AssertSameBits($"{what} C", c);
            otherSums.AssertSameBits($"{what} sums", sums);
        }
    }

    private static (GuardedRows<T> C, GuardedRows<T> Sums) Run<TEpilogue, TOps, TVector>(Operands operands, int rows)
        where TEpilogue : struct, IEpilogue<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var c = new GuardedRows<T>(rows, TColumns.Value, Stride);
        var sums = new GuardedRows<T>(rows, TColumns.Value, Stride);
        operands.Old.Span.CopyTo(c.Span);
        ref T p = ref MemoryMarshal.GetReference(operands.P.Span);
        ref T q = ref MemoryMarshal.GetReference(operands.Q.Span);
        ref T aside = ref MemoryMarshal.GetReference(operands.Aside.Span);
        ref T to = ref MemoryMarshal.GetReference(c.Span);
        if (TEpilogue.ReadsOther)
        {
            new BroadcastProduct<T, Shape, TEpilogue>(in p, in q, in aside, ref to, rows).Run<TOps, TVector>();
        }
        else
        {
            ref T sumsTo = ref operands.KeepsSums ? ref MemoryMarshal.GetReference(sums.Span) : ref Unsafe.NullRef<T>();
            new BroadcastProduct<T, Shape, TEpilogue>(in p, in q, in aside, ref sumsTo, ref to, T.CreateTruncating(3), rows).Run<TOps, TVector>();
        }

        return (c, sums);
    }

    private sealed record Operands
    {
        public required GuardedRows<T> P { get; init; }

        public required GuardedRows<T> Q { get; init; }

        /// <summary>Gets the biases, or what the epilogue reads beside the sums.</summary>
        public required GuardedRows<T> Aside { get; init; }

        /// <summary>Gets what is in C before.</summary>
        public required GuardedRows<T> Old { get; init; }

        public required bool KeepsSums { get; init; }
    }

    private readonly struct Shape : IProductShape
    {
        public static int Columns => TColumns.Value;

        public static int PRowStride => Terms;

        public static int PTermStride => 1;

        public static int QStride => Stride;

        public static int CStride => Stride;

        public static int Rows(int m) => m;

        static int IProductShape.Terms(int m) => Terms;
    }
}
