using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>
/// Numbers held within a bound, in one instruction where a comparison and a choice would be two that wait for each other. To the bit what
/// these two give: the processor's instructions take their second argument if both are zeros or either is NaN.
/// </summary>
internal static class Bound
{
    /// <summary>The bound where it is greater than x, otherwise x: NaN passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AtLeast<TOps, TVector, T>(TVector bound, TVector x)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (typeof(TVector) == typeof(Vector512<float>) && Avx512F.IsSupported)
        {
            return (TVector)(object)Avx512F.Max((Vector512<float>)(object)bound, (Vector512<float>)(object)x);
        }

        if (typeof(TVector) == typeof(Vector256<float>) && Avx.IsSupported)
        {
            return (TVector)(object)Avx.Max((Vector256<float>)(object)bound, (Vector256<float>)(object)x);
        }

        if (typeof(TVector) == typeof(Vector128<float>) && Sse.IsSupported)
        {
            return (TVector)(object)Sse.Max((Vector128<float>)(object)bound, (Vector128<float>)(object)x);
        }

        return TOps.Select(TOps.GreaterThan(bound, x), bound, x);
    }

    /// <summary>The bound where x is greater, otherwise x: NaN passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AtMost<TOps, TVector, T>(TVector bound, TVector x)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (typeof(TVector) == typeof(Vector512<float>) && Avx512F.IsSupported)
        {
            return (TVector)(object)Avx512F.Min((Vector512<float>)(object)bound, (Vector512<float>)(object)x);
        }

        if (typeof(TVector) == typeof(Vector256<float>) && Avx.IsSupported)
        {
            return (TVector)(object)Avx.Min((Vector256<float>)(object)bound, (Vector256<float>)(object)x);
        }

        if (typeof(TVector) == typeof(Vector128<float>) && Sse.IsSupported)
        {
            return (TVector)(object)Sse.Min((Vector128<float>)(object)bound, (Vector128<float>)(object)x);
        }

        return TOps.Select(TOps.GreaterThan(x, bound), bound, x);
    }
}
