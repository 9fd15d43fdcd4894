using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Derivatives of a loss that may be a mean over outputs.</summary>
internal static class OutputAverage
{
    /// <summary>The derivative divided by the number of outputs where the loss is their mean, else as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<T, TLayer, TOps, TVector>(TVector derivative, bool averages)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        !averages ? derivative

        // By a power of two a product is the same to the bit, and takes a fraction of the time.
        : int.IsPow2(TLayer.Outputs) ? TOps.Multiply(derivative, TOps.Constant(1.0 / TLayer.Outputs))
        : TOps.Divide(derivative, TOps.Constant(TLayer.Outputs));
}
