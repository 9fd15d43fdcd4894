using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>An activation over the whole row of one example's outputs.</summary>
internal static class RowEnd<T, TLayer, TActivation>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
    where TActivation : struct, IRowActivation<T>
{
    /// <summary>A row of inputs in memory whose logits fit a vector: what is passed to a method by itself is a reference, not a vector.</summary>
    /// <param name="x">The row of inputs.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    /// <param name="outputs">The outputs; overwritten.</param>
    /// <param name="scratch">Memory for a row; overwritten.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Run<TOps, TVector>(ref readonly T x, ref readonly T w, ref readonly T b, ref T outputs, ref T scratch)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        Finish<TOps, TVector>(RowProduct<T, TLayer, Identity<T>, TOps, TVector>.OneVector(in x, in w, in b), ref outputs, ref scratch);

    /// <summary>A row of logits that is in a register.</summary>
    /// <param name="z">The logits; lanes beyond them may hold anything.</param>
    /// <param name="outputs">The outputs; overwritten.</param>
    /// <param name="scratch">Memory for a row; overwritten.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Run<TOps, TVector>(TVector z, ref T outputs, ref T scratch)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        Finish<TOps, TVector>(z, ref outputs, ref scratch);

    /// <summary>A row of logits in memory.</summary>
    /// <param name="z">The logits.</param>
    /// <param name="outputs">The outputs; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ref T z, ref T outputs) =>
        TActivation.Apply(MemoryMarshal.CreateReadOnlySpan(ref z, TLayer.Outputs), MemoryMarshal.CreateSpan(ref outputs, TLayer.Outputs));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TOps, TVector>(TVector z, ref T outputs, ref T scratch)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (typeof(TActivation) == typeof(Softmax<T>))
        {
            VectorPieces.Store<TOps, TVector, T>(LogitRow.Softmax<TOps, TVector, T>(z, TLayer.Outputs), ref outputs, TLayer.Outputs);
            return;
        }

        TOps.Store(z, ref scratch);
        Run(ref scratch, ref outputs);
    }
}
