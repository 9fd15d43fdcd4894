using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>The products of a small network's step that its activations share.</summary>
internal static class StepProducts
{
    /// <summary>Z = W X + b of a layer with lanes across outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lanes<T, TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        new BroadcastProduct<T, Forward<TLayer>, BiasEpilogue<T>>(in x, in w, in b, ref Unsafe.NullRef<T>(), ref z, T.One, m).Run<TOps, TVector>();

    /// <summary>DA = Wᵀ DZ, W with a row for each output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PassDown<T, TShape, TOps, TVector>(ref T above, ref T w, ref T da, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TShape : struct, IProductShape
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        new BroadcastProduct<T, TShape, PlainEpilogue<T>>(
            in above, in w, in Unsafe.NullRef<T>(), ref Unsafe.NullRef<T>(), ref da, T.One, m).Run<TOps, TVector>();

    /// <summary>One of two references, the first unless it is a null reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T FirstOf<T>(ref T first, ref T second) => ref Unsafe.IsNullRef(ref first) ? ref second : ref first;
}
