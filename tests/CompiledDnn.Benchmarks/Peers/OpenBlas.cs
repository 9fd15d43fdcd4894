using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace CompiledDnn.Benchmarks;

/// <summary>OpenBLAS by P/Invoke, where it is installed (Debian: libopenblas0).</summary>
internal static unsafe class OpenBlas
{
    // Set, it makes OpenBLAS cut its blocks for another cache.
    private const string CacheSize = "OPENBLAS_L2_SIZE";

    // Kernels for vectors of 128 bits, and those for 256.
    private static readonly string[] s_of128 =
        ["Prescott", "Core2", "Penryn", "Dunnington", "Nehalem", "Atom", "Athlon", "Opteron", "Barcelona", "Bobcat"];

    private static readonly string[] s_of256 = ["Sandybridge", "Bulldozer", "Piledriver", "Steamroller", "Excavator", "Haswell", "Zen"];

    private static readonly delegate* unmanaged<int, void> s_setThreads;

    static OpenBlas()
    {
        foreach (string name in (string[])["libopenblas.so.0", "libopenblas.dylib", "libopenblas.dll"])
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                Sgemm = NativeLibrary.GetExport(library, "cblas_sgemm");
                s_setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
                Core = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "openblas_get_corename"))());
                break;
            }
        }
    }

    /// <summary>True if the library was found.</summary>
    public static bool IsPresent => Sgemm != 0;

    /// <summary>The address of cblas_sgemm.</summary>
    public static nint Sgemm { get; }

    /// <summary>The processor whose kernels OpenBLAS chose.</summary>
    public static string? Core { get; }

    /// <summary>
    /// What makes it slower than it could be: kernels for narrower vectors than the processor's, because a variable says so or because it does not know
    /// the processor, and another cache's size. It reads the variables when it is loaded, so they must be right before the start.
    /// </summary>
    public static IEnumerable<string> Handicaps
    {
        get
        {
            if ((Avx2.IsSupported && s_of128.Contains(Core)) || (Avx512F.IsSupported && s_of256.Contains(Core)))
            {
                string fitting = Avx512F.IsSupported ? "SkylakeX" : "Haswell";
                yield return $"OpenBLAS takes {Core} kernels, for narrower vectors than this processor's: set OPENBLAS_CORETYPE to {fitting} before the start";
            }

            if (IsPresent && Environment.GetEnvironmentVariable(CacheSize) is { Length: > 0 } size)
            {
                yield return $"{CacheSize} is set, to {size}: unset it before the start";
            }
        }
    }

    /// <summary>How many threads of its own one product may use.</summary>
    public static void SetThreads(int threads) => s_setThreads(threads);
}

/// <summary>A product by cblas_sgemm.</summary>
internal readonly unsafe struct OpenBlasProduct : IProduct<OpenBlasProduct>
{
    private const int RowMajor = 101;
    private const int AsItIs = 111;
    private const int Turned = 112;

    // Without the transition of the garbage collector: a call costs no more than in C.
    private readonly delegate* unmanaged[SuppressGCTransition]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemm;
    private readonly ProductShape _shape;

    private OpenBlasProduct(ProductShape shape)
    {
        _sgemm = (delegate* unmanaged[SuppressGCTransition]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)OpenBlas.Sgemm;
        _shape = shape;
    }

    public static string Library => "OpenBLAS";

    public static OpenBlasProduct Create(ProductShape shape) => new(shape);

    public void Run(float* a, float* b, float* c) => _sgemm(
        RowMajor,
        _shape.Transposed == Transposed.Left ? Turned : AsItIs,
        _shape.Transposed == Transposed.Right ? Turned : AsItIs,
        _shape.M,
        _shape.N,
        _shape.K,
        1,
        a,
        _shape.StrideA,
        b,
        _shape.StrideB,
        _shape.Adds ? 1 : 0,
        c,
        _shape.StrideC);
}
