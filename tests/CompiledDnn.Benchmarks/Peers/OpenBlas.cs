using System.Runtime.InteropServices;

namespace CompiledDnn.Benchmarks;

/// <summary>OpenBLAS by P/Invoke, where it is installed (Debian: libopenblas0).</summary>
internal static unsafe class OpenBlas
{
    // Variables that pin OpenBLAS to older kernels, which would halve the peer.
    private static readonly string[] s_pins = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private static readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> s_sgemm;

    static OpenBlas()
    {
        foreach (string name in (string[])["libopenblas.so.0", "libopenblas.dylib", "libopenblas.dll"])
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                s_sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
                    NativeLibrary.GetExport(library, "cblas_sgemm");
                ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
                Core = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "openblas_get_corename"))());
                break;
            }
        }
    }

    /// <summary>True if the library was found.</summary>
    public static bool IsPresent => s_sgemm != null;

    /// <summary>The processor whose kernels OpenBLAS chose.</summary>
    public static string? Core { get; }

    /// <summary>The variables that are set and pin it to older kernels. It reads them when it is loaded, so they must be unset before the start.</summary>
    public static IEnumerable<string> Pins => s_pins.Where(name => Environment.GetEnvironmentVariable(name) is not null);

    /// <summary>C = A B + beta C with row-major matrices; a transposed operand is stored the other way round.</summary>
    public static void Multiply(
        int m, int n, int k, ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, float beta, Span<float> c)
    {
        const int RowMajor = 101;
        const int AsItIs = 111;
        const int Transposed = 112;
        fixed (float* pa = a, pb = b, pc = c)
        {
            s_sgemm(
                RowMajor,
                transposeA ? Transposed : AsItIs,
                transposeB ? Transposed : AsItIs,
                m,
                n,
                k,
                1,
                pa,
                transposeA ? m : k,
                pb,
                transposeB ? k : n,
                beta,
                pc,
                n);
        }
    }
}
