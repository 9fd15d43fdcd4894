using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// The rest of a row that does not fill a vector, as a vector. A function's last bit can differ between a vector and a single number,
/// and the bits of an example's outputs must not depend on where its batch ends.
/// </summary>
internal static class PartialVector
{
    /// <summary>The first <paramref name="count"/> numbers from <paramref name="source"/> on, zero in the other lanes.</summary>
    public static TVector Load<TOps, TVector, T>(ref readonly T source, int count)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (MaskedMemory.IsSupported<TVector, T>())
        {
            return MaskedMemory.Load<TVector, T>(in source, count);
        }

        TVector vector = TOps.Zero;
        for (int lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref Unsafe.As<TVector, T>(ref vector), lane) = Unsafe.Add(ref Unsafe.AsRef(in source), lane);
        }

        return vector;
    }

    /// <summary>The vector at <paramref name="start"/>, zero in the lanes from <paramref name="rest"/> on; nothing outside the span is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadRest<TOps, TVector, T>(ReadOnlySpan<T> source, int start, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        ref T first = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), start);
        return source.Length - start < TOps.Count ? Load<TOps, TVector, T>(ref first, Math.Min(TOps.Count, rest))
            : rest >= TOps.Count ? TOps.Load(ref first)
            : TOps.KeepFirst(TOps.Load(ref first), rest);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    public static void Store<TVector, T>(TVector vector, ref T destination, int count)
        where TVector : struct
        where T : unmanaged
    {
        if (MaskedMemory.IsSupported<TVector, T>())
        {
            MaskedMemory.Store(vector, ref destination, count);
            return;
        }

        for (int lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref destination, lane) = Unsafe.Add(ref Unsafe.As<TVector, T>(ref vector), lane);
        }
    }

    /// <summary>The vector from <paramref name="source"/> on, zero in the lanes from <paramref name="rest"/> on, which are not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadRest<TOps, TVector, T>(ref readonly T source, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged => rest >= TOps.Count ? TOps.Load(in source) : Load<TOps, TVector, T>(in source, rest);

    /// <summary>Writes the lanes before <paramref name="rest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRest<TOps, TVector, T>(TVector vector, ref T destination, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (rest >= TOps.Count)
        {
            TOps.Store(vector, ref destination);
        }
        else
        {
            Store(vector, ref destination, rest);
        }
    }
}
