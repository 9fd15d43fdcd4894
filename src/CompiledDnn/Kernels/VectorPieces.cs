using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>
/// The first lanes of a vector written in pieces of powers of two: 10 lanes as 8 and 2. For the outputs of one example: a masked store is one
/// instruction, but whatever reads the memory of its other lanes waits until the store is done, and the array of a few outputs is often
/// followed by an object that the very next call reads.
/// </summary>
internal static class VectorPieces
{
    /// <summary>Writes the first lanes and touches nothing after them.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="destination">Where its first lane goes.</param>
    /// <param name="count">How many lanes, a constant once this is inlined.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TOps, TVector, T>(TVector vector, ref T destination, int count)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (count >= TOps.Count)
        {
            TOps.Store(vector, ref destination);
        }
        else if (typeof(TVector) == typeof(Vector512<T>))
        {
            StoreEight((Vector512<T>)(object)vector, ref destination, count);
        }
        else if (typeof(TVector) == typeof(Vector256<T>))
        {
            StoreFour((Vector256<T>)(object)vector, ref destination, count);
        }
        else if (typeof(TVector) == typeof(Vector128<T>))
        {
            StoreTwo((Vector128<T>)(object)vector, ref destination, count);
        }
        else
        {
            PartialVector.Store(vector, ref destination, count);
        }
    }

    // Named after how many 64-bit numbers a vector has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEight<T>(Vector512<T> vector, ref T destination, int count)
        where T : unmanaged
    {
        if (count < Vector256<T>.Count)
        {
            StoreFour(vector.GetLower(), ref destination, count);
            return;
        }

        vector.GetLower().StoreUnsafe(ref destination);
        StoreFour(vector.GetUpper(), ref Unsafe.Add(ref destination, Vector256<T>.Count), count - Vector256<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour<T>(Vector256<T> vector, ref T destination, int count)
        where T : unmanaged
    {
        if (count < Vector128<T>.Count)
        {
            StoreTwo(vector.GetLower(), ref destination, count);
            return;
        }

        vector.GetLower().StoreUnsafe(ref destination);
        StoreTwo(vector.GetUpper(), ref Unsafe.Add(ref destination, Vector128<T>.Count), count - Vector128<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwo<T>(Vector128<T> vector, ref T destination, int count)
        where T : unmanaged
    {
        int pair = sizeof(long) / Unsafe.SizeOf<T>();
        if (count >= pair)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<T, byte>(ref destination), vector.AsInt64().ToScalar());
        }

        if (count % pair > 0)
        {
            Unsafe.Add(ref destination, count - 1) = vector.GetElement(count - 1);
        }
    }
}
