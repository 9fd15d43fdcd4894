using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Benchmarks;

/// <summary>What all widths of <see cref="FusedLoops{TOps, TVector}"/> share.</summary>
internal static unsafe class FusedLoops
{
    /// <summary>Where a block begins. Its memory never moves.</summary>
    public static float* Address(AlignedBlock<float> block) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(block.Span));
}

/// <summary>
/// The loops of an expert's step between its products, over whole blocks of rows and not row by row, in whole vectors: what a C compiler
/// makes of them with all optimisations on. The last vector of a block may go on behind it, where the memory has room.
/// </summary>
/// <typeparam name="TOps">The vector operations.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal static unsafe class FusedLoops<TOps, TVector>
    where TOps : struct, IVectorOps<TVector, float>
    where TVector : struct
{
    private const MethodImplOptions Fast = MethodImplOptions.AggressiveOptimization;

    /// <summary>The length after which a row of <paramref name="n"/> numbers begins on a vector again.</summary>
    public static int Period(int n)
    {
        int period = n;
        while (period % TOps.Count != 0)
        {
            period += n;
        }

        return period;
    }

    /// <summary>z += b in every row, then max(z, 0) if it is a ReLU. <paramref name="pattern"/> has room for a period.</summary>
    [MethodImpl(Fast)]
    public static void AddBias(float* z, float* b, float* pattern, int rows, int n, int period, bool relu)
    {
        if (n == period || rows == 1)
        {
            pattern = b;
        }
        else if (n == 1)
        {
            TOps.Store(TOps.Broadcast(*b), ref *pattern);
        }
        else
        {
            Repeat(b, pattern, n, Math.Min(period, rows * n));
        }

        TVector floor = relu ? TOps.Zero : TOps.Constant(double.NegativeInfinity);
        int length = rows * n;
        int p = 0;
        for (int i = 0; i < length; i += TOps.Count)
        {
            TVector sum = TOps.Add(TOps.Load(ref z[i]), TOps.Load(ref pattern[p]));
            TOps.Store(TOps.Select(TOps.GreaterThan(sum, floor), sum, floor), ref z[i]);
            p = p + TOps.Count == period ? 0 : p + TOps.Count;
        }
    }

    /// <summary>dz = 0 where a ReLU gave 0.</summary>
    [MethodImpl(Fast)]
    public static void MaskByRelu(float* dz, float* a, int length)
    {
        for (int i = 0; i < length; i += TOps.Count)
        {
            TVector mask = TOps.GreaterThan(TOps.Load(ref a[i]), TOps.Zero);
            TOps.Store(TOps.Select(mask, TOps.Load(ref dz[i]), TOps.Zero), ref dz[i]);
        }
    }

    /// <summary>sum += every row. <paramref name="pattern"/> has room for a period.</summary>
    [MethodImpl(Fast)]
    public static void AddRows(float* sum, float* rows, float* pattern, int count, int n, int period)
    {
        int length = count * n;
        int whole = length / period * period;
        for (int p = 0; p < period && whole > 0; p += TOps.Count)
        {
            TVector even = TOps.Zero, odd = TOps.Zero;
            int i = p;
            for (; i + period < whole; i += 2 * period)
            {
                even = TOps.Add(even, TOps.Load(ref rows[i]));
                odd = TOps.Add(odd, TOps.Load(ref rows[i + period]));
            }

            if (i < whole)
            {
                even = TOps.Add(even, TOps.Load(ref rows[i]));
            }

            TOps.Store(TOps.Add(even, odd), ref pattern[p]);
        }

        for (int row = 0; row < period && whole > 0; row += n)
        {
            Add(sum, pattern + row, n);
        }

        for (int row = whole; row < length; row += n)
        {
            Add(sum, rows + row, n);
        }
    }

    /// <summary>a = sigmoid(a).</summary>
    [MethodImpl(Fast)]
    public static void Sigmoid(float* a, int length)
    {
        if (length == 1)
        {
            // A vector would wait for the single number that was just written.
            *a = 1 / (1 + MathF.Exp(-*a));
            return;
        }

        for (int i = 0; i < length; i += TOps.Count)
        {
            TOps.Store(TOps.Sigmoid(TOps.Load(ref a[i])), ref a[i]);
        }
    }

    /// <summary>a = softmax(a), row by row; the exponential function over the whole block.</summary>
    [MethodImpl(Fast)]
    public static void Softmax(float* a, int rows, int n)
    {
        int length = rows * n;
        for (int i = 0; i < length; i += n)
        {
            float largest = a[i];
            for (int j = 1; j < n; j++)
            {
                largest = a[i + j] > largest ? a[i + j] : largest;
            }

            for (int j = 0; j < n; j++)
            {
                a[i + j] -= largest;
            }
        }

        for (int i = 0; i < length; i += TOps.Count)
        {
            TOps.Store(TOps.Exp(TOps.Load(ref a[i])), ref a[i]);
        }

        for (int i = 0; i < length; i += n)
        {
            float sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += a[i + j];
            }

            float scale = 1 / sum;
            for (int j = 0; j < n; j++)
            {
                a[i + j] *= scale;
            }
        }
    }

    /// <summary>dz = (a − y) scale, for one output.</summary>
    /// <returns>The sum of the losses.</returns>
    [MethodImpl(Fast)]
    public static float BinaryGradient(float* a, float* y, float* dz, int length, float scale)
    {
        TVector scales = TOps.Broadcast(scale), sum = TOps.Zero;
        for (int i = 0; i < length; i += TOps.Count)
        {
            TVector output = TOps.Load(ref a[i]), target = TOps.Load(ref y[i]);
            TOps.Store(TOps.Multiply(TOps.Subtract(output, target), scales), ref dz[i]);
            TVector likelihood = TOps.Select(TOps.GreaterThan(target, TOps.Zero), output, TOps.Subtract(TOps.One, output));
            sum = TOps.Subtract(sum, Log(likelihood, length - i));
        }

        return TOps.Sum(sum);
    }

    /// <summary>dz = (a − y) scale, for classes; <paramref name="likelihoods"/> has room for a number for each row.</summary>
    /// <returns>The sum of the losses.</returns>
    [MethodImpl(Fast)]
    public static float ClassGradient(float* a, int* labels, float* dz, float* likelihoods, int rows, int n, float scale)
    {
        TVector scales = TOps.Broadcast(scale), sum = TOps.Zero;
        for (int i = 0; i < rows * n; i += TOps.Count)
        {
            TOps.Store(TOps.Multiply(TOps.Load(ref a[i]), scales), ref dz[i]);
        }

        for (int row = 0; row < rows; row++)
        {
            int at = (row * n) + labels[row];
            likelihoods[row] = a[at];
            dz[at] -= scale;
        }

        for (int i = 0; i < rows; i += TOps.Count)
        {
            sum = TOps.Subtract(sum, Log(TOps.Load(ref likelihoods[i]), rows - i));
        }

        return TOps.Sum(sum);
    }

    /// <summary>Adam with β 0.9 and 0.999: w −= step m / (√(scale v) + 1e-8).</summary>
    [MethodImpl(Fast)]
    public static void Adam(float* w, float* g, float* m, float* v, int length, float step, float scale)
    {
        TVector decay1 = TOps.Constant(0.9), share1 = TOps.Constant(0.1), decay2 = TOps.Constant(0.999), share2 = TOps.Constant(0.001);
        TVector tiny = TOps.Constant(1e-8), steps = TOps.Broadcast(step), scales = TOps.Broadcast(scale);
        int done = 0;
        for (; done + TOps.Count <= length; done += TOps.Count)
        {
            TVector gradient = TOps.Load(ref g[done]);
            TVector mean = TOps.MultiplyAdd(decay1, TOps.Load(ref m[done]), TOps.Multiply(share1, gradient));
            TVector square = TOps.MultiplyAdd(decay2, TOps.Load(ref v[done]), TOps.Multiply(share2, TOps.Multiply(gradient, gradient)));
            TOps.Store(mean, ref m[done]);
            TOps.Store(square, ref v[done]);
            TVector change = TOps.Divide(TOps.Multiply(steps, mean), TOps.Add(TOps.Sqrt(TOps.Multiply(square, scales)), tiny));
            TOps.Store(TOps.Subtract(TOps.Load(ref w[done]), change), ref w[done]);
        }

        for (; done < length; done++)
        {
            m[done] = (0.9f * m[done]) + (0.1f * g[done]);
            v[done] = (0.999f * v[done]) + (0.001f * g[done] * g[done]);
            w[done] -= step * m[done] / (MathF.Sqrt(v[done] * scale) + 1e-8f);
        }
    }

    // log(max(p, 1e-12)) in the first lanes, zero in the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Log(TVector p, int count) =>
        TOps.KeepFirst(TOps.Log(TOps.Max(p, TOps.Constant(1e-12))), Math.Min(count, TOps.Count));

    // The first numbers of pattern = b, b, b ...
    private static void Repeat(float* b, float* pattern, int n, int length)
    {
        for (int i = 0; i < length; i += n)
        {
            for (int j = 0; j < n; j++)
            {
                pattern[i + j] = b[j];
            }
        }
    }

    private static void Add(float* sum, float* row, int n)
    {
        int j = 0;
        for (; j + TOps.Count <= n; j += TOps.Count)
        {
            TOps.Store(TOps.Add(TOps.Load(ref sum[j]), TOps.Load(ref row[j])), ref sum[j]);
        }

        for (; j < n; j++)
        {
            sum[j] += row[j];
        }
    }
}
