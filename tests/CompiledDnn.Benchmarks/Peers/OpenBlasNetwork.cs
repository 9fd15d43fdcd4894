using System.Numerics.Tensors;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// What an engineer would write with OpenBLAS: buffers made once, matrix products by sgemm, fused loops for the rest, the gradient's
/// product added to the weights by sgemm itself. Hidden layers are ReLU; the output is a sigmoid for one output, else softmax.
/// </summary>
/// <param name="sizes">Inputs, then the outputs of every layer.</param>
/// <param name="batch">Examples in a step.</param>
/// <param name="outputsFirst">True to store the first layer's weights with a row for each output.</param>
internal sealed class OpenBlasNetwork(int[] sizes, int batch, bool outputsFirst)
{
    private readonly float[][] _w = Layers(sizes, l => sizes[l] * sizes[l + 1]);
    private readonly float[][] _b = Layers(sizes, l => sizes[l + 1]);
    private readonly float[][] _a = Layers(sizes, l => batch * sizes[l + 1]);
    private readonly float[][] _dz = Layers(sizes, l => batch * sizes[l + 1]);

    private int Depth => sizes.Length - 1;

    /// <summary>Draws the weights as He does.</summary>
    public OpenBlasNetwork Initialize()
    {
        var random = new Random(1);
        for (int l = 0; l < Depth; l++)
        {
            double scale = Math.Sqrt(6.0 / sizes[l]);
            for (int i = 0; i < _w[l].Length; i++)
            {
                _w[l][i] = (float)(((2 * random.NextDouble()) - 1) * scale);
            }
        }

        return this;
    }

    /// <summary>Forward propagation; the outputs, dense.</summary>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> x)
    {
        ReadOnlySpan<float> input = x;
        for (int l = 0; l < Depth; l++)
        {
            OpenBlas.Multiply(batch, sizes[l + 1], sizes[l], input, false, _w[l], l == 0 && outputsFirst, 0, _a[l]);
            AddBias(_a[l], _b[l], relu: l + 1 < Depth);
            input = _a[l];
        }

        Activate(_a[Depth - 1], sizes[Depth]);
        return _a[Depth - 1];
    }

    /// <summary>One step of gradient descent.</summary>
    /// <returns>The cost before it.</returns>
    public float Step(ReadOnlySpan<float> x, ReadOnlySpan<int> labels, float rate)
    {
        Forward(x);
        float cost = OutputGradient(labels, -rate / batch);
        for (int l = Depth - 1; l > 0; l--)
        {
            OpenBlas.Multiply(batch, sizes[l], sizes[l + 1], _dz[l], false, _w[l], true, 0, _dz[l - 1]);
            Span<float> dz = _dz[l - 1];
            ReadOnlySpan<float> a = _a[l - 1].AsSpan(0, dz.Length);
            for (int i = 0; i < dz.Length; i++)
            {
                dz[i] = a[i] > 0 ? dz[i] : 0;
            }
        }

        for (int l = Depth - 1; l >= 0; l--)
        {
            ReadOnlySpan<float> input = l == 0 ? x : _a[l - 1];
            if (l == 0 && outputsFirst)
            {
                OpenBlas.Multiply(sizes[1], sizes[0], batch, _dz[0], true, input, false, 1, _w[0]);
            }
            else
            {
                OpenBlas.Multiply(sizes[l], sizes[l + 1], batch, input, true, _dz[l], false, 1, _w[l]);
            }

            AddRows(_b[l], _dz[l]);
        }

        return cost;
    }

    private static float[][] Layers(int[] sizes, Func<int, int> length) =>
        [.. Enumerable.Range(0, sizes.Length - 1).Select(l => GC.AllocateArray<float>(length(l), pinned: true))];

    private static void AddBias(Span<float> z, ReadOnlySpan<float> b, bool relu)
    {
        for (int row = 0; row < z.Length; row += b.Length)
        {
            Span<float> part = z.Slice(row, b.Length);
            TensorPrimitives.Add(part, b, part);
            if (relu)
            {
                TensorPrimitives.Max(part, 0, part);
            }
        }
    }

    private static void Activate(Span<float> z, int outputs)
    {
        if (outputs == 1)
        {
            TensorPrimitives.Sigmoid(z, z);
            return;
        }

        for (int row = 0; row < z.Length; row += outputs)
        {
            Span<float> part = z.Slice(row, outputs);
            TensorPrimitives.Subtract(part, TensorPrimitives.Max<float>(part), part);
            TensorPrimitives.SoftMax(part, part);
        }
    }

    private static void AddRows(Span<float> sum, ReadOnlySpan<float> rows)
    {
        for (int row = 0; row < rows.Length; row += sum.Length)
        {
            TensorPrimitives.Add(sum, rows.Slice(row, sum.Length), sum);
        }
    }

    // The gradient scaled by -rate/m, so that sgemm adds the update itself.
    private float OutputGradient(ReadOnlySpan<int> labels, float scale)
    {
        int outputs = sizes[Depth];
        ReadOnlySpan<float> a = _a[Depth - 1];
        Span<float> dz = _dz[Depth - 1];
        float cost = 0;
        for (int row = 0; row < batch; row++)
        {
            int label = labels[row];
            float likelihood = outputs == 1 ? (label == 1 ? a[row] : 1 - a[row]) : a[(row * outputs) + label];
            cost -= MathF.Log(MathF.Max(likelihood, 1e-12f));
            for (int j = 0; j < outputs; j++)
            {
                float target = outputs == 1 ? label : j == label ? 1 : 0;
                dz[(row * outputs) + j] = (a[(row * outputs) + j] - target) * scale;
            }
        }

        return cost / batch;
    }
}
