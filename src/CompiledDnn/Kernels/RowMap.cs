using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>An elementwise operation on two numbers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IRowOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The result for one pair.</summary>
    static abstract TVector Apply<TOps, TVector>(TVector x, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>A = g(Z).</summary>
internal readonly struct ActivateOperation<T, TActivation> : IRowOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IActivation<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector x, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TActivation.Apply<TOps, TVector>(x);
}

/// <summary>What an epilogue of a forward product makes of Z, with Z as the sum of two parts.</summary>
internal readonly struct AddFinishOperation<T, TEpilogue> : IRowOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : struct, IEpilogue<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector x, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => RestEpilogue<T, TEpilogue>.Finish<TOps, TVector>(y, TOps.One, x);
}

/// <summary>DZ = DA ∘ g'(Z) with g' from A.</summary>
internal readonly struct OutputDerivativeOperation<T, TActivation> : IRowOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IDerivativeFromOutput<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector x, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TActivation.IsRectifier
            ? TOps.Select(TOps.GreaterThan(x, TOps.Zero), y, TOps.Zero)
            : TOps.Multiply(y, TActivation.DerivativeFromOutput<TOps, TVector>(x));
}

/// <summary>DZ = DA ∘ g'(Z) with g' from Z.</summary>
internal readonly struct InputDerivativeOperation<T, TActivation> : IRowOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IDerivativeFromInput<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector x, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.Multiply(y, TActivation.DerivativeFromInput<TOps, TVector>(x));
}

/// <summary>DA itself.</summary>
internal readonly struct PassOperation<T> : IRowOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector x, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => y;
}

/// <summary>
/// result = operation(x, y) over the m rows of a layer, padding kept zero. A single output has rows of stride 1, which are one flat row.
/// </summary>
internal readonly ref struct RowMap<T, TLayer, TOperation> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TOperation : struct, IRowOperation<T>
{
    private readonly ref readonly T _x;
    private readonly ref readonly T _y;
    private readonly ref T _result;
    private readonly int _m;

    /// <param name="x">The first operand, rows of the layer's stride.</param>
    /// <param name="y">The second operand, rows of the layer's stride.</param>
    /// <param name="result">The result; may be either operand's memory.</param>
    /// <param name="m">The batch size.</param>
    public RowMap(ref readonly T x, ref readonly T y, ref T result, int m)
    {
        _x = ref x;
        _y = ref y;
        _result = ref result;
        _m = m;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (TLayer.RowStride == 1)
        {
            Flat<TOps, TVector>();
            return;
        }

        int row = 0;
        for (; row + 2 <= _m; row += 2)
        {
            Rows<TOps, TVector, Two>(row);
        }

        if (row < _m)
        {
            Rows<TOps, TVector, One>(row);
        }
    }

    // One row, or two side by side: the function's constants are loaded once for both.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Rows<TOps, TVector, TRows>(int row)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
    {
        nint at = (nint)row * TLayer.RowStride;
        int column = 0;
        for (; column + TOps.Count <= TLayer.Outputs; column += TOps.Count, at += TOps.Count)
        {
            TVector first = Apply<TOps, TVector>(at);
            TVector second = TRows.Value > 1 ? Apply<TOps, TVector>(at + TLayer.RowStride) : first;
            TOps.Store(first, ref Unsafe.Add(ref _result, at));
            if (TRows.Value > 1)
            {
                TOps.Store(second, ref Unsafe.Add(ref _result, at + TLayer.RowStride));
            }
        }

        if (column < TLayer.Outputs)
        {
            // Padding may hold a NaN where an input was not finite, and 0 · NaN would keep it there for all later batches.
            int rest = TLayer.Outputs % TOps.Count;
            TVector first = TOps.KeepFirst(Apply<TOps, TVector>(at), rest);
            TVector second = TRows.Value > 1 ? TOps.KeepFirst(Apply<TOps, TVector>(at + TLayer.RowStride), rest) : first;
            TOps.Store(first, ref Unsafe.Add(ref _result, at));
            if (TRows.Value > 1)
            {
                TOps.Store(second, ref Unsafe.Add(ref _result, at + TLayer.RowStride));
            }
        }
    }

    [MethodImpl(KernelMethod.Alone)]
    private void Flat<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int i = 0;
        for (; i + TOps.Count <= _m; i += TOps.Count)
        {
            TOps.Store(Apply<TOps, TVector>(i), ref Unsafe.Add(ref _result, i));
        }

        if (i < _m)
        {
            TVector x = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref Unsafe.AsRef(in _x), i), _m - i);
            TVector y = PartialVector.Load<TOps, TVector, T>(ref Unsafe.Add(ref Unsafe.AsRef(in _y), i), _m - i);
            PartialVector.Store(TOperation.Apply<TOps, TVector>(x, y), ref Unsafe.Add(ref _result, i), _m - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Apply<TOps, TVector>(nint at)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        TOperation.Apply<TOps, TVector>(
            TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _x), at)),
            TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _y), at)));
}
