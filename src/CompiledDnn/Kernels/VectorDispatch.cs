using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>A kernel written once for every vector width.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Does the work with one kind of vector.</summary>
    void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>Runs a kernel with the widest vectors that this machine's instructions have. The choice is a constant to the JIT and to Native AOT.</summary>
internal static class VectorDispatch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TKernel>(TKernel kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T>, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<Vector512Ops<T>, Vector512<T>>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<Vector256Ops<T>, Vector256<T>>();
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            kernel.Run<Vector128Ops<T>, Vector128<T>>();
        }
        else
        {
            kernel.Run<ScalarOps<T>, T>();
        }
    }
}
