using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>A layer of dot products for one example, in the memory of its row of activations.</summary>
internal static class RowDotProducts<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
{
    /// <summary>z = W x + b, followed by zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T z)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // Whole vectors are read: the row of a layer with lanes across outputs, which is scratch memory, is followed by anything.
        for (int k = TLayer.Inputs; k < TLayer.InputRowStride; k++)
        {
            Unsafe.Add(ref Unsafe.AsRef(in x), k) = T.Zero;
        }

        new DotProduct<T, Forward<TLayer>>(
            in x,
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.WeightOffset),
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), TLayer.BiasOffset),
            ref z,
            1).Run<TOps, TVector>();
    }

    /// <summary>a = g(z) in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Activate<TActivation, TOps, TVector>(ref T z)
        where TActivation : struct, IActivation<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
        {
            ref T at = ref Unsafe.Add(ref z, column);
            TOps.Store(TActivation.Apply<TOps, TVector>(TOps.Load(ref at)), ref at);
        }
    }
}
