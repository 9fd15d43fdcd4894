using static CompiledDnn.Benchmarks.FusedLoops;

namespace CompiledDnn.Benchmarks;

/// <summary>One thread's part of an expert's step: its rows of the batch, then its inputs of every layer.</summary>
/// <typeparam name="TProduct">The library's product.</typeparam>
/// <typeparam name="TOps">The vector operations of the loops.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal sealed unsafe class ExpertShare<TProduct, TOps, TVector>
    where TProduct : struct, IProduct<TProduct>
    where TOps : struct, IVectorOps<TVector, float>
    where TVector : struct
{
    private readonly ExpertOptions _options;
    private readonly ExpertBuffers _memory;
    private readonly Layer[] _layers;
    private readonly int _thread;
    private readonly int _firstRow;
    private readonly int _rows;

    public ExpertShare(ExpertOptions options, ExpertBuffers memory, int thread)
    {
        _options = options;
        _memory = memory;
        _thread = thread;
        _firstRow = Border(options, thread);
        _rows = Border(options, thread + 1) - _firstRow;
        _layers = [.. Enumerable.Range(0, options.Depth).Select(CreateLayer)];
    }

    /// <summary>A of every layer for its rows.</summary>
    public void Forward()
    {
        float* input = _memory.X + ((long)_firstRow * _options.Sizes[0]);
        for (int l = 0; l < _layers.Length; l++)
        {
            Layer layer = _layers[l];
            if (_rows > 0)
            {
                layer.Forward.Run(input, layer.W, layer.A);
                FusedLoops<TOps, TVector>.AddBias(layer.A, layer.B, layer.Pattern, _rows, layer.Outputs, layer.Period, relu: l + 1 < _layers.Length);
            }

            input = layer.A;
        }

        Layer last = _layers[^1];
        if (last.Outputs == 1)
        {
            FusedLoops<TOps, TVector>.Sigmoid(last.A, _rows);
        }
        else
        {
            FusedLoops<TOps, TVector>.Softmax(last.A, _rows, last.Outputs);
        }
    }

    /// <summary>The loss, and DZ of every layer, for its rows.</summary>
    public void PassDown()
    {
        OutputGradient();
        for (int l = _layers.Length - 1; l > 0; l--)
        {
            if (_rows > 0)
            {
                Layer below = _layers[l - 1];
                _layers[l].PassDown.Run(_layers[l].DZ, _layers[l].W, below.DZ);
                FusedLoops<TOps, TVector>.MaskByRelu(below.DZ, below.A, _rows * below.Outputs);
            }
        }
    }

    /// <summary>The weights of its inputs, from all rows; the first thread's also the biases.</summary>
    public void Update()
    {
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            Layer layer = _layers[l];
            if (layer.InputCount > 0)
            {
                UpdateWeights(l, layer);
            }

            if (_thread == 0)
            {
                UpdateBiases(l, layer.Outputs);
            }
        }
    }

    private void UpdateWeights(int l, Layer layer)
    {
        bool outputsFirst = l == 0 && _options.OutputsFirst;
        float* input = (l == 0 ? _memory.X : Address(_memory.A[l - 1])) + layer.FirstInput;
        float* dz = Address(_memory.DZ[l]);
        int offset = outputsFirst ? layer.FirstInput : layer.FirstInput * layer.Outputs;
        float* target = Address(_options.Adam ? _memory.DW[l] : _memory.W[l]) + offset;
        layer.Gradient.Run(outputsFirst ? dz : input, outputsFirst ? input : dz, target);
        if (!_options.Adam)
        {
            return;
        }

        // With a row for each output its inputs are a piece of every row, else they are whole rows.
        int pieces = outputsFirst ? layer.Outputs : 1;
        int length = outputsFirst ? layer.InputCount : layer.InputCount * layer.Outputs;
        for (int piece = 0; piece < pieces; piece++)
        {
            int at = offset + (piece * _options.Sizes[l]);
            FusedLoops<TOps, TVector>.Adam(
                Address(_memory.W[l]) + at,
                Address(_memory.DW[l]) + at,
                Address(_memory.MeanW[l]) + at,
                Address(_memory.SquareW[l]) + at,
                length,
                _memory.AdamStep,
                _memory.AdamScale);
        }
    }

    private void UpdateBiases(int l, int outputs)
    {
        float* target = Address(_options.Adam ? _memory.DB[l] : _memory.B[l]);
        if (_options.Adam)
        {
            new Span<float>(target, outputs).Clear();
        }

        FusedLoops<TOps, TVector>.AddRows(target, Address(_memory.DZ[l]), _layers[l].Pattern, _options.Batch, outputs, _layers[l].Period);
        if (_options.Adam)
        {
            FusedLoops<TOps, TVector>.Adam(
                Address(_memory.B[l]),
                target,
                Address(_memory.MeanB[l]),
                Address(_memory.SquareB[l]),
                outputs,
                _memory.AdamStep,
                _memory.AdamScale);
        }
    }

    // With plain descent scaled by -rate / m, so that the gradient's product adds the update itself.
    private void OutputGradient()
    {
        float scale = (_options.Adam ? 1 : -_options.Rate) / _options.Batch;
        Layer last = _layers[^1];
        _memory.Losses.Span[_thread] = last.Outputs == 1
            ? FusedLoops<TOps, TVector>.BinaryGradient(last.A, _memory.Y + _firstRow, last.DZ, _rows, scale)
            : FusedLoops<TOps, TVector>.ClassGradient(
                last.A, _memory.Labels + _firstRow, last.DZ, Address(_memory.Likelihoods) + _firstRow, _rows, last.Outputs, scale);
    }

    private Layer CreateLayer(int l)
    {
        int inputs = _options.Sizes[l], outputs = _options.Sizes[l + 1];
        bool outputsFirst = l == 0 && _options.OutputsFirst;

        // Borders on whole cache lines where there are enough inputs.
        int unit = inputs >= 64 ? 16 : 1;
        int first = inputs / unit * _thread / _options.Threads * unit;
        int end = _thread + 1 == _options.Threads ? inputs : inputs / unit * (_thread + 1) / _options.Threads * unit;
        int count = end - first;
        bool adds = !_options.Adam;
        ProductShape gradient = outputsFirst
            ? new(outputs, count, _options.Batch, Transposed.Left, outputs, inputs, inputs, adds)
            : new(count, outputs, _options.Batch, Transposed.Left, inputs, outputs, outputs, adds);
        return new Layer
        {
            Outputs = outputs,
            Period = FusedLoops<TOps, TVector>.Period(outputs),
            FirstInput = first,
            InputCount = count,
            W = Address(_memory.W[l]),
            B = Address(_memory.B[l]),
            A = Address(_memory.A[l]) + (_firstRow * outputs),
            DZ = Address(_memory.DZ[l]) + (_firstRow * outputs),
            Pattern = Address(_memory.Patterns[_thread][l]),
            Forward = Create(_rows, ProductShape.Dense(_rows, outputs, inputs, outputsFirst)),
            PassDown = l > 0 ? Create(_rows, ProductShape.Dense(_rows, inputs, outputs, transposeB: true)) : default,
            Gradient = Create(count, gradient),
        };
    }

    // Rows are shared by so many that a share ends on a vector; only the last one does not.
    private static int Border(ExpertOptions options, int thread) =>
        thread == options.Threads ? options.Batch : options.Batch * thread / options.Threads / ExpertBuffers.Slack * ExpertBuffers.Slack;

    private static TProduct Create(int rows, ProductShape shape) => rows > 0 ? TProduct.Create(shape) : default;

    // The addresses of its rows, and its products.
    private sealed class Layer
    {
        public required int Outputs { get; init; }

        public required int Period { get; init; }

        public required int FirstInput { get; init; }

        public required int InputCount { get; init; }

        public required float* W { get; init; }

        public required float* B { get; init; }

        public required float* A { get; init; }

        public required float* DZ { get; init; }

        public required float* Pattern { get; init; }

        // Fields, so that a call copies nothing.
        public required TProduct Forward;

        public required TProduct PassDown;

        public required TProduct Gradient;
    }
}
