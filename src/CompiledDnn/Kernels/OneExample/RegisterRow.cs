using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>A row of activations that fits one vector and stays in a register from a layer to the next.</summary>
internal static class RegisterRow
{
    /// <summary>True if there are instructions that put one lane into all others; a row goes through memory where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasBroadcast<TVector>()
        where TVector : struct =>
        (typeof(TVector) == typeof(Vector512<float>) && Avx512F.IsSupported) || (typeof(TVector) == typeof(Vector256<float>) && Avx.IsSupported);

    /// <summary>One lane in all lanes: its 128 bits in all others, then its number in each.</summary>
    /// <param name="x">The vector.</param>
    /// <param name="lane">The lane, a constant once this is inlined.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Broadcast<TVector>(TVector x, int lane)
        where TVector : struct =>
        typeof(TVector) == typeof(Vector512<float>)
            ? (TVector)(object)Broadcast512((Vector512<float>)(object)x, lane)
            : (TVector)(object)Broadcast256((Vector256<float>)(object)x, lane);

    /// <summary>A number as a vector of which only the first lane is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector First<TOps, TVector, T>(T number)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>) ? (TVector)(object)Vector512.CreateScalarUnsafe(number)
        : typeof(TVector) == typeof(Vector256<T>) ? (TVector)(object)Vector256.CreateScalarUnsafe(number)
        : TOps.Broadcast(number);

#pragma warning disable CA1857 // Constants once they are inlined; a switch over literals would take more code than the JIT inlines.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Broadcast512(Vector512<float> x, int lane) =>
        Avx512F.Permute4x32(Avx512F.Shuffle4x128(x, x, (byte)(lane / 4 * 0x55)), (byte)(lane % 4 * 0x55));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Broadcast256(Vector256<float> x, int lane) =>
        Avx.Permute(Avx.Permute2x128(x, x, (byte)(lane / 4 * 0x11)), (byte)(lane % 4 * 0x55));
#pragma warning restore CA1857
}
