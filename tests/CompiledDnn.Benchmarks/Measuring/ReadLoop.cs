using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Benchmarks;

/// <summary>Reads a buffer in vectors from its first number to its last, again and again, into eight sums.</summary>
/// <param name="bytes">The buffer's size, a multiple of 512 bytes.</param>
internal sealed class ReadLoop(int bytes) : IForVectors<float, Loop>
{
    private const int Sums = 8;

    // One run reads about so much, so that the clock costs nothing beside it.
    private const int BytesInRun = 16 << 20;

    private static float s_sink;

    public Loop Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, float>
        where TVector : struct
    {
        var buffer = new AlignedBlock<float>(bytes / sizeof(float));
        buffer.Span.Fill(1e-3f);
        int times = BytesInRun / bytes;
        return new Loop(
            () =>
            {
                for (int i = 0; i < times; i++)
                {
                    s_sink += Sum<TOps, TVector>(buffer.Span);
                }
            },
            (double)times * bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum<TOps, TVector>(ReadOnlySpan<float> numbers)
        where TOps : struct, IVectorOps<TVector, float>
        where TVector : struct
    {
        TVector s0 = TOps.Zero, s1 = TOps.Zero, s2 = TOps.Zero, s3 = TOps.Zero;
        TVector s4 = TOps.Zero, s5 = TOps.Zero, s6 = TOps.Zero, s7 = TOps.Zero;
        ref float first = ref MemoryMarshal.GetReference(numbers);
        for (nint i = 0; i < numbers.Length; i += Sums * TOps.Count)
        {
            ref float at = ref Unsafe.Add(ref first, i);
            s0 = TOps.Add(s0, TOps.Load(ref at));
            s1 = TOps.Add(s1, TOps.Load(ref Unsafe.Add(ref at, TOps.Count)));
            s2 = TOps.Add(s2, TOps.Load(ref Unsafe.Add(ref at, 2 * TOps.Count)));
            s3 = TOps.Add(s3, TOps.Load(ref Unsafe.Add(ref at, 3 * TOps.Count)));
            s4 = TOps.Add(s4, TOps.Load(ref Unsafe.Add(ref at, 4 * TOps.Count)));
            s5 = TOps.Add(s5, TOps.Load(ref Unsafe.Add(ref at, 5 * TOps.Count)));
            s6 = TOps.Add(s6, TOps.Load(ref Unsafe.Add(ref at, 6 * TOps.Count)));
            s7 = TOps.Add(s7, TOps.Load(ref Unsafe.Add(ref at, 7 * TOps.Count)));
        }

        TVector sum = TOps.Add(TOps.Add(TOps.Add(s0, s1), TOps.Add(s2, s3)), TOps.Add(TOps.Add(s4, s5), TOps.Add(s6, s7)));
        return TOps.Sum(sum);
    }
}
