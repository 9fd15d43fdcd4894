using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>An activation as a small network's step uses it: whatever kind it is, the same few operations on the rows of a tile.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>True if the gradient needs Z, so that a hidden layer keeps it beside A.</summary>
    internal static abstract bool NeedsZ { get; }

    /// <summary>Z = W X + b, A = g(Z) of a layer with lanes across outputs.</summary>
    /// <param name="x">A[l−1].</param>
    /// <param name="w">W.</param>
    /// <param name="b">b.</param>
    /// <param name="z">Takes Z; a null reference where nobody needs it.</param>
    /// <param name="a">Takes A.</param>
    /// <param name="m">Rows.</param>
    internal static abstract void Lanes<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>A = g(Z).</summary>
    /// <param name="z">Z.</param>
    /// <param name="a">Takes A; may be the same memory.</param>
    /// <param name="m">Rows.</param>
    internal static abstract void Activate<TLayer, TOps, TVector>(ref T z, ref T a, int m)
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>DZ = DA ∘ g'(Z) in place.</summary>
    /// <param name="z">Z, where it is needed.</param>
    /// <param name="a">A.</param>
    /// <param name="gradient">DA; becomes DZ.</param>
    /// <param name="m">Rows.</param>
    internal static abstract void Derive<TLayer, TOps, TVector>(ref T z, ref T a, ref T gradient, int m)
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>DZ of this layer from what the layer above passes down: a product of the shape given, then <see cref="Derive"/>.</summary>
    /// <param name="above">DZ of the layer above.</param>
    /// <param name="w">Its weights, with a row for each of its outputs.</param>
    /// <param name="z">Z, where it is needed.</param>
    /// <param name="a">A.</param>
    /// <param name="dz">Takes DZ.</param>
    /// <param name="m">Rows.</param>
    internal static abstract void PassDown<TLayer, TShape, TOps, TVector>(ref T above, ref T w, ref T z, ref T a, ref T dz, int m)
        where TLayer : struct, IDenseLayer
        where TShape : struct, IProductShape
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>Z = W X + b, A = g(Z) of a single output.</summary>
    /// <param name="x">A[l−1].</param>
    /// <param name="w">W.</param>
    /// <param name="b">b.</param>
    /// <param name="z">Takes Z; a null reference where nobody needs it.</param>
    /// <param name="a">Takes A.</param>
    /// <param name="m">Rows.</param>
    internal static abstract void Dot<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>DZ of this layer from the single output above, and that output's gradient.</summary>
    /// <typeparam name="TLayer">This layer.</typeparam>
    /// <typeparam name="TAbove">The layer of the output.</typeparam>
    /// <typeparam name="TEpilogue">What becomes of the gradient.</typeparam>
    /// <typeparam name="TOps">The operations.</typeparam>
    /// <typeparam name="TVector">Their vector.</typeparam>
    /// <param name="above">DZ of the output, m numbers.</param>
    /// <param name="w">Its weights.</param>
    /// <param name="below">This layer.</param>
    /// <param name="dw">Takes the gradient of the output's weights.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="m">Rows.</param>
    internal static abstract void PassDownDot<TLayer, TAbove, TEpilogue, TOps, TVector>(
        ref T above, ref T w, scoped StepRowsBelow<T> below, ref T dw, T scale, int m)
        where TLayer : struct, IDenseLayer
        where TAbove : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}
