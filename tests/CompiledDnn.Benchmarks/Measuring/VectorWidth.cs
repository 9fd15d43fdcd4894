using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;

namespace CompiledDnn.Benchmarks;

/// <summary>Something written once for every vector width.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal interface IForVectors<T, out TResult>
    where T : unmanaged
{
    /// <summary>Does it with one kind of vector.</summary>
    TResult Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>The vectors that the kernels use on this machine, with its present settings.</summary>
internal static class VectorWidth
{
    /// <summary>Bits in a vector; 0 where there are none and numbers are worked on one by one.</summary>
    public static int Bits => Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>The machine in words.</summary>
    public static string Machine =>
        $"{RuntimeInformation.ProcessArchitecture}, {(Bits > 0 ? $"{Bits}-bit vectors" : "no vectors")}, {Environment.ProcessorCount} processors";

    /// <summary>Runs with the kernels' vectors.</summary>
    public static TResult Dispatch<T, TResult>(IForVectors<T, TResult> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Bits switch
        {
            512 => work.Run<Vector512Ops<T>, Vector512<T>>(),
            256 => work.Run<Vector256Ops<T>, Vector256<T>>(),
            128 => work.Run<Vector128Ops<T>, Vector128<T>>(),
            _ => work.Run<ScalarOps<T>, T>(),
        };
}
