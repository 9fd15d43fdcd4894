using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Kernels;

/// <summary>
/// Loads and stores of a vector's first lanes in one instruction, where the processor has one; memory of the other lanes is not touched. A
/// vector put together number by number could only be read once all of them were written.
/// </summary>
internal static unsafe class MaskedMemory
{
    /// <summary>True if there is such an instruction for this vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSupported<TVector, T>()
        where TVector : struct
        where T : unmanaged =>
        (typeof(TVector) == typeof(Vector512<T>) && Avx512F.IsSupported) || (typeof(TVector) == typeof(Vector256<T>) && Avx.IsSupported);

    /// <summary>The first <paramref name="count"/> numbers from <paramref name="source"/> on, zero in the other lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector, T>(ref readonly T source, int count)
        where TVector : struct
        where T : unmanaged
    {
        fixed (T* from = &source)
        {
            if (typeof(TVector) == typeof(Vector512<float>))
            {
                return (TVector)(object)Avx512F.MaskLoad((float*)from, Singles512(count), Vector512<float>.Zero);
            }

            if (typeof(TVector) == typeof(Vector512<double>))
            {
                return (TVector)(object)Avx512F.MaskLoad((double*)from, Doubles512(count), Vector512<double>.Zero);
            }

            return typeof(TVector) == typeof(Vector256<float>)
                ? (TVector)(object)Avx.MaskLoad((float*)from, Singles256(count))
                : (TVector)(object)Avx.MaskLoad((double*)from, Doubles256(count));
        }
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector, T>(TVector vector, ref T destination, int count)
        where TVector : struct
        where T : unmanaged
    {
        fixed (T* to = &destination)
        {
            if (typeof(TVector) == typeof(Vector512<float>))
            {
                Avx512F.MaskStore((float*)to, Singles512(count), (Vector512<float>)(object)vector);
            }
            else if (typeof(TVector) == typeof(Vector512<double>))
            {
                Avx512F.MaskStore((double*)to, Doubles512(count), (Vector512<double>)(object)vector);
            }
            else if (typeof(TVector) == typeof(Vector256<float>))
            {
                Avx.MaskStore((float*)to, Singles256(count), (Vector256<float>)(object)vector);
            }
            else
            {
                Avx.MaskStore((double*)to, Doubles256(count), (Vector256<double>)(object)vector);
            }
        }
    }

    private static Vector512<float> Singles512(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    private static Vector512<double> Doubles512(int count) => Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();

    private static Vector256<float> Singles256(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    private static Vector256<double> Doubles256(int count) => Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).AsDouble();
}
