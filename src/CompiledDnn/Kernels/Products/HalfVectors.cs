using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>
/// Two rows in one vector, half a vector each: for rows whose last vector is at most half full. Only vectors of 512 and 256 bits are halved;
/// the types are constants to the compiler, and one branch is left.
/// </summary>
internal static class HalfVectors
{
    /// <summary>Half a vector from <paramref name="low"/> on beside half a vector from <paramref name="high"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector, T>(ref readonly T low, ref readonly T high)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)Vector256.LoadUnsafe(in low).ToVector512Unsafe().WithUpper(Vector256.LoadUnsafe(in high))
            : (TVector)(object)Vector128.LoadUnsafe(in low).ToVector256Unsafe().WithUpper(Vector128.LoadUnsafe(in high));

    /// <summary>Half a vector from <paramref name="source"/> on, in both halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadTwice<TVector, T>(ref readonly T source)
        where TVector : struct
        where T : unmanaged
    {
        if (typeof(TVector) == typeof(Vector512<T>))
        {
            var half = Vector256.LoadUnsafe(in source);
            return (TVector)(object)half.ToVector512Unsafe().WithUpper(half);
        }

        var quarter = Vector128.LoadUnsafe(in source);
        return (TVector)(object)quarter.ToVector256Unsafe().WithUpper(quarter);
    }

    /// <summary>The low half in both halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Twice<TVector, T>(TVector vector)
        where TVector : struct
        where T : unmanaged
    {
        if (typeof(TVector) == typeof(Vector512<T>))
        {
            return (TVector)(object)((Vector512<T>)(object)vector).WithUpper(((Vector512<T>)(object)vector).GetLower());
        }

        return (TVector)(object)((Vector256<T>)(object)vector).WithUpper(((Vector256<T>)(object)vector).GetLower());
    }

    /// <summary>All bits in the first <paramref name="count"/> lanes of both halves, none in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Inside<TOps, TVector, T>(int count)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Twice<TVector, T>(TOps.GreaterThan(TOps.KeepFirst(TOps.One, count), TOps.Zero));

    /// <summary>The low half of <paramref name="low"/> beside the high half of <paramref name="high"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Pair<TVector, T>(TVector low, TVector high)
        where TVector : struct
        where T : unmanaged
    {
        if (typeof(TVector) == typeof(Vector512<T>))
        {
            return (TVector)(object)((Vector512<T>)(object)low).WithUpper(((Vector512<T>)(object)high).GetLower());
        }

        if (Avx.IsSupported)
        {
            return (TVector)(object)Avx.Blend(((Vector256<T>)(object)low).AsSingle(), ((Vector256<T>)(object)high).AsSingle(), 0xF0).As<float, T>();
        }

        return (TVector)(object)Vector256.Create(((Vector256<T>)(object)low).GetLower(), ((Vector256<T>)(object)high).GetUpper());
    }

    /// <summary>The low half, zero above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, T>(TVector pair)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)((Vector512<T>)(object)pair).GetLower().ToVector512()
            : (TVector)(object)((Vector256<T>)(object)pair).GetLower().ToVector256();

    /// <summary>The high half where the low one was, zero above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector High<TVector, T>(TVector pair)
        where TVector : struct
        where T : unmanaged =>
        typeof(TVector) == typeof(Vector512<T>)
            ? (TVector)(object)((Vector512<T>)(object)pair).GetUpper().ToVector512()
            : (TVector)(object)((Vector256<T>)(object)pair).GetUpper().ToVector256();

    /// <summary>Writes the low half alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLow<TVector, T>(TVector halves, ref T destination)
        where TVector : struct
        where T : unmanaged
    {
        if (typeof(TVector) == typeof(Vector512<T>))
        {
            ((Vector512<T>)(object)halves).GetLower().StoreUnsafe(ref destination);
        }
        else
        {
            ((Vector256<T>)(object)halves).GetLower().StoreUnsafe(ref destination);
        }
    }

    /// <summary>Writes the high half alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHigh<TVector, T>(TVector halves, ref T destination)
        where TVector : struct
        where T : unmanaged
    {
        if (typeof(TVector) == typeof(Vector512<T>))
        {
            ((Vector512<T>)(object)halves).GetUpper().StoreUnsafe(ref destination);
        }
        else
        {
            ((Vector256<T>)(object)halves).GetUpper().StoreUnsafe(ref destination);
        }
    }
}
