using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The squared error (a − y)², averaged over outputs, without a half.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The derivative of an output's loss is 2 (a − y).</remarks>
[LossTraits]
public readonly struct MeanSquaredError<T> : IElementwiseLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool AveragesOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var d = TOps.Subtract(a, y);
        return TOps.Multiply(d, d);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var d = TOps.Subtract(a, y);
        return TOps.Add(d, d);
    }
}
