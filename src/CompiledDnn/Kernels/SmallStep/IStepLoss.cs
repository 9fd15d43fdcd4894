using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>A loss as a small network's step uses it, whatever kind it is.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">A number of a target row, or a class label.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepLoss<T, TTarget>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTarget : unmanaged
{
    /// <summary>True if the gradient is DZL, false if it is DAL.</summary>
    internal static abstract bool IsFused { get; }

    /// <summary>The sum of the examples' losses, and the gradient of each.</summary>
    /// <param name="z">ZL, m rows; empty where it is not kept.</param>
    /// <param name="a">AL, m rows.</param>
    /// <param name="targets">The targets, m rows.</param>
    /// <param name="gradient">m rows; overwritten.</param>
    /// <param name="m">Rows.</param>
    internal static abstract double Run<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<TTarget> targets, Span<T> gradient, int m)
        where TLayer : struct, IDenseLayer;

    /// <summary>An output, its loss and the gradient from a logit at once, or false.</summary>
    /// <param name="z">The logit.</param>
    /// <param name="y">The target.</param>
    /// <param name="a">The output.</param>
    /// <param name="value">The loss.</param>
    /// <param name="dz">DZL.</param>
    internal static virtual bool TryStep<TOps, TVector>(TVector z, TVector y, out TVector a, out TVector value, out TVector dz)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        a = value = dz = z;
        return false;
    }

    /// <summary>True if <see cref="TryAll"/> may do something.</summary>
    internal static virtual bool TriesAll => false;

    /// <summary>A from Z, the sum of the losses and DZ in one pass, or false.</summary>
    /// <param name="z">ZL, m rows.</param>
    /// <param name="targets">The targets, m rows.</param>
    /// <param name="a">Takes AL, m rows.</param>
    /// <param name="dz">Takes DZL, m rows.</param>
    /// <param name="total">The sum of the losses.</param>
    internal static virtual bool TryAll<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<TTarget> targets, Span<T> a, Span<T> dz, out double total)
        where TLayer : struct, IDenseLayer
    {
        total = 0;
        return false;
    }
}
