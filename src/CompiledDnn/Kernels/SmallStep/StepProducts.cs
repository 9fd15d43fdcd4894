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
        where TVector : struct
    {
        if (m <= FewRowsStep<T, TLayer>.Most)
        {
            FewRowsStep<T, TLayer>.Run<TOps, TVector>(ref x, ref w, ref b, ref z, m);
        }
        else
        {
            Forward<T, TLayer, BiasEpilogue<T>, TOps, TVector>(ref x, ref w, ref b, ref Unsafe.NullRef<T>(), ref z, m);
        }
    }

    /// <summary>A product with a bias, one vector wide or wider.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TLayer, TEpilogue, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TEpilogue : struct, IEpilogue<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (Unsafe.IsNullRef(ref z))
        {
            SmallProduct<T, Forward<TLayer>, TEpilogue>.Run<TOps, TVector>(ref x, ref w, ref b, ref a, T.One, m);
        }
        else
        {
            new BroadcastProduct<T, Forward<TLayer>, TEpilogue>(in x, in w, in b, ref z, ref a, T.One, m).Run<TOps, TVector>();
        }
    }

    /// <summary>DA = Wᵀ DZ, W with a row for each output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PassDown<T, TShape, TOps, TVector>(ref T above, ref T w, ref T da, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TShape : struct, IProductShape
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        PassDown<T, TShape, PlainEpilogue<T>, TOps, TVector>(ref above, ref w, ref Unsafe.NullRef<T>(), ref da, m);

    /// <summary>What the epilogue makes of DA and of another operand, one vector wide or wider.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PassDown<T, TShape, TEpilogue, TOps, TVector>(ref T above, ref T w, ref T other, ref T dz, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TShape : struct, IProductShape
        where TEpilogue : struct, IEpilogue<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        SmallProduct<T, TShape, TEpilogue>.Run<TOps, TVector>(ref above, ref w, ref other, ref dz, T.One, m);

    /// <summary>One of two references, the first unless it is a null reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T FirstOf<T>(ref T first, ref T second) => ref Unsafe.IsNullRef(ref first) ? ref second : ref first;
}
