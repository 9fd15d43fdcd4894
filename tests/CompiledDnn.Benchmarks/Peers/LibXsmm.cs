using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// libxsmm 1.17 by P/Invoke, where there is a shared library. Debian's libxsmm-dev holds an archive only, of which
/// <c>gcc -shared -o libxsmm.so -Wl,--whole-archive /usr/lib/libxsmmnoblas.a /usr/lib/libxsmm.a -Wl,--no-whole-archive -lpthread -ldl -lm</c>
/// makes one (set LD_LIBRARY_PATH to its folder).
/// </summary>
internal static unsafe class LibXsmm
{
    private static readonly delegate* unmanaged<int, int, int, int*, int*, int*, float*, float*, int*, int*, nint> s_dispatch;

    static LibXsmm()
    {
        // Its kernels leave numbers in the upper halves of the vectors, and every instruction that knows 128 bits only then waits for the one before.
        if (Avx.IsSupported
            && NativeLibrary.TryLoad("libxsmm.so", out nint library)
            && NativeLibrary.TryGetExport(library, "libxsmm_smmdispatch", out nint dispatch))
        {
            ((delegate* unmanaged<void>)NativeLibrary.GetExport(library, "libxsmm_init"))();
            s_dispatch = (delegate* unmanaged<int, int, int, int*, int*, int*, float*, float*, int*, int*, nint>)dispatch;
            Target = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "libxsmm_get_target_arch"))());
        }
    }

    /// <summary>True if the library was found, and may be used beside the vectors that the runtime uses.</summary>
    public static bool IsPresent => s_dispatch != null;

    /// <summary>The instructions that it writes its kernels with.</summary>
    public static string? Target { get; }

    /// <summary>The machine code for one column-major product, or null where it writes none.</summary>
    public static nint Dispatch(int m, int n, int k, int strideA, int strideB, int strideC, bool adds, bool transposeB)
    {
        const int TransposeB = 2;
        float alpha = 1;
        float beta = adds ? 1 : 0;
        int flags = transposeB ? TransposeB : 0;
        int prefetch = 0;
        return s_dispatch(m, n, k, &strideA, &strideB, &strideC, &alpha, &beta, &flags, &prefetch);
    }
}

/// <summary>A product by machine code that libxsmm wrote for its shape.</summary>
/// <remarks>
/// libxsmm is column-major: row-major C = A B is C' = B' A' there. It writes no kernels for a transposed B' of that: B is copied the
/// other way round first.
/// </remarks>
internal readonly unsafe struct XsmmProduct : IProduct<XsmmProduct>
{
    private readonly delegate* unmanaged[SuppressGCTransition]<float*, float*, float*, void> _kernel;
    private readonly AlignedBlock<float>? _turned;
    private readonly ProductShape _shape;

    private XsmmProduct(ProductShape shape)
    {
        bool right = shape.Transposed == Transposed.Right;
        nint kernel = LibXsmm.Dispatch(
            shape.N, shape.M, shape.K, right ? shape.N : shape.StrideB, shape.StrideA, shape.StrideC, shape.Adds, shape.Transposed == Transposed.Left);
        _kernel = kernel != 0
            ? (delegate* unmanaged[SuppressGCTransition]<float*, float*, float*, void>)kernel
            : throw new NotSupportedException($"libxsmm writes no kernel for {shape}.");
        _turned = right ? new AlignedBlock<float>(shape.N * shape.K) : null;
        _shape = shape;
    }

    public static string Library => "libxsmm";

    public static XsmmProduct Create(ProductShape shape) => new(shape);

    public void Run(float* a, float* b, float* c)
    {
        if (_turned is null)
        {
            _kernel(b, a, c);
            return;
        }

        float* turned = FusedLoops.Address(_turned);
        for (int n = 0; n < _shape.N; n++)
        {
            for (int k = 0; k < _shape.K; k++)
            {
                turned[(k * _shape.N) + n] = b[(n * _shape.StrideB) + k];
            }
        }

        _kernel(turned, a, c);
    }
}
