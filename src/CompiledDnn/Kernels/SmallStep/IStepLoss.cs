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

    /// <summary>The sum of the examples' losses.</summary>
    /// <param name="z">ZL, m rows; empty where it is not kept.</param>
    /// <param name="a">AL, m rows.</param>
    /// <param name="targets">The targets, m rows.</param>
    /// <param name="m">Rows.</param>
    internal static abstract double Sum<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<TTarget> targets, int m)
        where TLayer : struct, IDenseLayer;

    /// <summary>The gradient of each example's loss.</summary>
    /// <param name="z">ZL, m rows; empty where it is not kept.</param>
    /// <param name="a">AL, m rows.</param>
    /// <param name="targets">The targets, m rows.</param>
    /// <param name="gradient">m rows; overwritten.</param>
    /// <param name="m">Rows.</param>
    internal static abstract void Gradient<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<TTarget> targets, Span<T> gradient, int m)
        where TLayer : struct, IDenseLayer;
}
