using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>One number from an output's logit z, value a and target y: a loss or a derivative of it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ILossOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>True if results are to be divided by the number of outputs.</summary>
    static abstract bool Averages { get; }

    static abstract TVector Apply<TOps, TVector>(TVector z, TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>The loss from a.</summary>
internal readonly struct LossValue<T, TLoss> : ILossOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLoss : struct, IElementwiseLoss<T>
{
    public static bool Averages => TLoss.AveragesOutputs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z, TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TLoss.Value<TOps, TVector>(a, y);
}

/// <summary>The loss from z.</summary>
internal readonly struct FusedLossValue<T, TActivation, TLoss> : ILossOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct
    where TLoss : struct, ILoss<T>, IFusedLoss<T, TActivation>
{
    public static bool Averages => TLoss.AveragesOutputs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z, TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TLoss.ValueFromLogits<TOps, TVector>(z, y);
}

/// <summary>The derivative with respect to a.</summary>
internal readonly struct LossDerivative<T, TLoss> : ILossOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLoss : struct, IElementwiseLoss<T>
{
    public static bool Averages => TLoss.AveragesOutputs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z, TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TLoss.Derivative<TOps, TVector>(a, y);
}

/// <summary>The derivative with respect to z.</summary>
internal readonly struct FusedLossDerivative<T, TActivation, TLoss> : ILossOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct
    where TLoss : struct, ILoss<T>, IFusedLoss<T, TActivation>
{
    public static bool Averages => TLoss.AveragesOutputs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector z, TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TLoss.DerivativeFromLogits<TOps, TVector>(z, a, y);
}
