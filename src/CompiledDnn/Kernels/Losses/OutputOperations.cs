using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>What a whole step makes of one output: its value, its loss and the gradient.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IOutputOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>True if the loss, and with it the gradient, is to be divided by the number of outputs.</summary>
    static abstract bool Averages { get; }

    /// <summary>True if it begins with logits and makes outputs of them, false if it begins with outputs.</summary>
    static abstract bool Activates { get; }

    /// <summary>The output, its loss and the gradient.</summary>
    /// <param name="row">The logit, or the output.</param>
    /// <param name="y">The target.</param>
    /// <param name="value">The loss.</param>
    /// <param name="gradient">DZL from a logit, DAL from an output.</param>
    static abstract TVector Apply<TOps, TVector>(TVector row, TVector y, out TVector value, out TVector gradient)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>A loss from outputs that are there.</summary>
internal readonly struct OutputLoss<T, TLoss> : IOutputOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLoss : struct, IElementwiseLoss<T>
{
    public static bool Averages => TLoss.AveragesOutputs;

    public static bool Activates => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector row, TVector y, out TVector value, out TVector gradient)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        value = TLoss.Value<TOps, TVector>(row, y);
        gradient = TLoss.Derivative<TOps, TVector>(row, y);
        return row;
    }
}

/// <summary>An activation and a loss in its own form for it, from logits.</summary>
internal readonly struct LogitLoss<T, TActivation, TLoss> : IOutputOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IActivation<T>
    where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation>
{
    public static bool Averages => TLoss.AveragesOutputs;

    public static bool Activates => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TOps, TVector>(TVector row, TVector y, out TVector value, out TVector gradient)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (!TLoss.TryStepFromLogits<TOps, TVector>(row, y, out TVector a, out value, out gradient))
        {
            a = TActivation.Apply<TOps, TVector>(row);
            value = TLoss.ValueFromLogits<TOps, TVector>(row, y);
            gradient = TLoss.DerivativeFromLogits<TOps, TVector>(row, a, y);
        }

        return a;
    }
}
