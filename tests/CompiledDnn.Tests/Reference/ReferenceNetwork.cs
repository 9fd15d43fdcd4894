using System.Numerics;

namespace CompiledDnn.Tests.Reference;

/// <summary>
/// A dense network whose sizes are known only at run time, written as the equations are: plain loops, nothing fused, nothing clever.
/// What is compiled is compared with it.
/// </summary>
public sealed partial class ReferenceNetwork<T> : INetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReferenceActivation<T>[] _activations;
    private readonly ReferenceLoss<T> _loss;

    private ParameterBlock<T> _parameters;

    /// <summary>Plans the network and draws its weights.</summary>
    /// <param name="sizes">The number of inputs, then the number of outputs of every layer.</param>
    /// <param name="hidden">The activation of every layer but the last.</param>
    /// <param name="output">The activation of the last layer.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="seed">Which weights.</param>
    /// <param name="name">Its name in messages.</param>
    public ReferenceNetwork(
        int[] sizes,
        ReferenceActivation<T> hidden,
        ReferenceActivation<T> output,
        ReferenceLoss<T> loss,
        int seed = 0,
        string name = "Reference")
        : this(sizes, [.. Enumerable.Repeat(hidden, sizes.Length - 2), output], loss, seed, name)
    {
    }

    /// <summary>Plans the network and draws its weights.</summary>
    /// <param name="sizes">The number of inputs, then the number of outputs of every layer.</param>
    /// <param name="activations">The activation of every layer.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="seed">Which weights.</param>
    /// <param name="name">Its name in messages.</param>
    public ReferenceNetwork(
        int[] sizes,
        ReferenceActivation<T>[] activations,
        ReferenceLoss<T> loss,
        int seed = 0,
        string name = "Reference")
    {
        _activations = activations;
        _loss = loss;
        Shape = ReferenceShape.Of(name, sizes, _activations, loss.Task);
        _parameters = Draw(Shape, seed);
    }

    public NetworkShape Shape { get; }

    /// <inheritdoc/>
    public int MaxDegreeOfParallelism { get; set; } = 1;

    public bool TakesLabels => _loss.TakesLabels;

    public ParameterBlock<T> Parameters => Volatile.Read(ref _parameters);

    public ParameterBlock<T> Swap(ParameterBlock<T> parameters)
    {
        BoundaryCheck.Parameters(Shape, parameters);
        return Interlocked.Exchange(ref _parameters, parameters);
    }

    public NetworkWorkspace<T> CreateWorkspace(int batchSize, WorkspaceOptions options = WorkspaceOptions.None) =>
        new ReferenceWorkspace<T>(Shape, batchSize, options);

    public void Predict(ReadOnlySpan<T> x, Span<T> outputs)
    {
        int m = BoundaryCheck.Examples(Shape, nameof(Predict), x.Length);
        BoundaryCheck.Outputs(Shape, m, outputs.Length);
        NetworkWorkspace<T> state = CreateWorkspace(m);
        Forward(x, state);
        for (int i = 0; i < m; i++)
        {
            state.Output(i).CopyTo(outputs.Slice(i * Shape.OutputSize, Shape.OutputSize));
        }
    }

    public void Forward(ReadOnlySpan<T> x, NetworkWorkspace<T> state)
    {
        ReferenceWorkspace<T> mine = Mine(state);
        ParameterBlock<T> p = Parameters;
        int m = mine.BeginForward(x.Length);
        foreach (LayerInfo layer in Shape.Layers)
        {
            Span<T> w = p.W(layer.Index);
            Span<T> b = p.B(layer.Index);
            for (int i = 0; i < m; i++)
            {
                // Z = W A + b, A = g(Z)
                ReadOnlySpan<T> before = Input(x, mine, layer, i);
                Span<T> z = ReferenceWorkspace<T>.Row(mine.ZBlock(layer.Index), layer, i);
                for (int o = 0; o < layer.Outputs; o++)
                {
                    T sum = b[o];
                    for (int k = 0; k < layer.Inputs; k++)
                    {
                        sum += w[(o * layer.OutputStride) + (k * layer.InputStride)] * before[k];
                    }

                    z[o] = sum;
                }

                _activations[layer.Index - 1].Apply(z, ReferenceWorkspace<T>.Row(mine.ABlock(layer.Index), layer, i));
            }
        }
    }

    public T Cost(ReadOnlySpan<T> y, NetworkWorkspace<T> state) => MeanLoss(Mine(state), state.BeginCost(y.Length), y, default);

    public T Cost(ReadOnlySpan<int> labels, NetworkWorkspace<T> state)
    {
        RequireLabels();
        return MeanLoss(Mine(state), state.BeginCost(labels), default, labels);
    }

    public void OutputGradient(ReadOnlySpan<T> y, NetworkWorkspace<T> state) =>
        WriteDZL(Mine(state), state.BeginOutputGradient(y.Length), y, default);

    public void OutputGradient(ReadOnlySpan<int> labels, NetworkWorkspace<T> state)
    {
        RequireLabels();
        WriteDZL(Mine(state), state.BeginOutputGradient(labels), default, labels);
    }

    public void Backward(ReadOnlySpan<T> x, NetworkWorkspace<T> state)
    {
        ReferenceWorkspace<T> mine = Mine(state);
        ParameterBlock<T> p = Parameters;
        int m = mine.BeginBackward(x.Length);
        for (int l = Shape.Layers.Length; l >= 1; l--)
        {
            LayerInfo layer = Shape.Layer(l);
            WriteParameterGradients(x, mine, layer, m);
            for (int i = 0; i < m; i++)
            {
                PassDown(p, mine, layer, i);
            }
        }
    }

    public void Update(NetworkWorkspace<T> state, T learningRate)
    {
        Mine(state).BeginUpdate(learningRate);
        Span<T> parameters = Parameters.Span;
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] -= learningRate * state.Gradients[i];
        }
    }

    // DW = 1/m Σ dz aᵀ, DB = 1/m Σ dz
    private static void WriteParameterGradients(ReadOnlySpan<T> x, ReferenceWorkspace<T> state, LayerInfo layer, int m)
    {
        Span<T> dw = state.DWBlock(layer.Index);
        Span<T> db = state.DBBlock(layer.Index);
        T count = T.CreateChecked(m);
        for (int o = 0; o < layer.Outputs; o++)
        {
            T biasSum = T.Zero;
            for (int i = 0; i < m; i++)
            {
                biasSum += state.DZBlock(layer.Index)[(i * layer.RowStride) + o];
            }

            db[o] = biasSum / count;
            for (int k = 0; k < layer.Inputs; k++)
            {
                T sum = T.Zero;
                for (int i = 0; i < m; i++)
                {
                    sum += state.DZBlock(layer.Index)[(i * layer.RowStride) + o] * Input(x, state, layer, i)[k];
                }

                dw[(o * layer.OutputStride) + (k * layer.InputStride)] = sum / count;
            }
        }
    }

    // da = Wᵀ dz of the layer below, turned into its dz; DA0 for layer 1, if it is kept.
    private void PassDown(ParameterBlock<T> p, ReferenceWorkspace<T> state, LayerInfo layer, int example)
    {
        Span<T> below;
        if (layer.Index > 1)
        {
            below = ReferenceWorkspace<T>.Row(state.DZBlock(layer.Index - 1), Shape.Layer(layer.Index - 1), example);
        }
        else if (state.DA0Block.IsEmpty)
        {
            return;
        }
        else
        {
            below = state.DA0Block.Slice(example * (state.DA0Block.Length / state.Capacity), layer.Inputs);
        }

        ReadOnlySpan<T> w = p.W(layer.Index);
        ReadOnlySpan<T> dz = ReferenceWorkspace<T>.Row(state.DZBlock(layer.Index), layer, example);
        for (int k = 0; k < layer.Inputs; k++)
        {
            T sum = T.Zero;
            for (int o = 0; o < layer.Outputs; o++)
            {
                sum += w[(o * layer.OutputStride) + (k * layer.InputStride)] * dz[o];
            }

            below[k] = sum;
        }

        if (layer.Index > 1)
        {
            LayerInfo lower = Shape.Layer(layer.Index - 1);
            _activations[lower.Index - 1].Backward(
                ReferenceWorkspace<T>.Row(state.ZBlock(lower.Index), lower, example),
                ReferenceWorkspace<T>.Row(state.ABlock(lower.Index), lower, example),
                below);
        }
    }

    private T MeanLoss(ReferenceWorkspace<T> state, int m, ReadOnlySpan<T> y, ReadOnlySpan<int> labels)
    {
        LayerInfo last = Shape.Layers[^1];
        T sum = T.Zero;
        for (int i = 0; i < m; i++)
        {
            sum += ExampleLoss(state, last, y, labels, i);
        }

        return sum / T.CreateChecked(m);
    }

    private T ExampleLoss(ReferenceWorkspace<T> state, LayerInfo last, ReadOnlySpan<T> y, ReadOnlySpan<int> labels, int example) =>
        _loss.Value(
            ReferenceWorkspace<T>.Row(state.ZBlock(last.Index), last, example), state.Output(example), Target(state, y, labels, example));

    private void WriteDZL(ReferenceWorkspace<T> state, int m, ReadOnlySpan<T> y, ReadOnlySpan<int> labels)
    {
        LayerInfo last = Shape.Layers[^1];
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<T> z = ReferenceWorkspace<T>.Row(state.ZBlock(last.Index), last, i);
            Span<T> dz = ReferenceWorkspace<T>.Row(state.DZBlock(last.Index), last, i);
            _loss.Gradient(z, state.Output(i), Target(state, y, labels, i), dz);
            if (!_loss.GivesDZ)
            {
                _activations[^1].Backward(z, state.Output(i), dz);
            }
        }
    }

    private ReadOnlySpan<T> Target(ReferenceWorkspace<T> state, ReadOnlySpan<T> y, ReadOnlySpan<int> labels, int example)
    {
        if (labels.IsEmpty)
        {
            return y.Slice(example * Shape.TargetSize, Shape.TargetSize);
        }

        Array.Clear(state.LabelRow);
        state.LabelRow[labels[example]] = T.One;
        return state.LabelRow;
    }

    private static ReadOnlySpan<T> Input(ReadOnlySpan<T> x, ReferenceWorkspace<T> state, LayerInfo layer, int example) =>
        layer.Index == 1
            ? x.Slice(example * layer.Inputs, layer.Inputs)
            : ReferenceWorkspace<T>.Row(state.ABlock(layer.Index - 1), state.Shape.Layer(layer.Index - 1), example);

    private ReferenceWorkspace<T> Mine(NetworkWorkspace<T> state) =>
        NetworkWorkspace<T>.Of<ReferenceWorkspace<T>>(state, Shape) is { } mine && mine.Shape == Shape
            ? mine
            : throw new ArgumentException($"{Shape.Name}: the workspace belongs to {state.Shape}.", nameof(state));

    private void RequireLabels()
    {
        if (!TakesLabels)
        {
            throw new NotSupportedException($"{Shape.Name}: {_loss.Name} takes no labels.");
        }
    }

    // Uniform with He's or Glorot's spread.
    private static ParameterBlock<T> Draw(NetworkShape shape, int seed)
    {
        var random = new Random(seed);
        var block = new ParameterBlock<T>(shape);
        foreach (LayerInfo layer in shape.Layers)
        {
            double limit = layer.Initializer == DefaultInitializer.He
                ? Math.Sqrt(6.0 / layer.Inputs)
                : Math.Sqrt(6.0 / (layer.Inputs + layer.Outputs));
            var weights = new T[layer.Outputs * layer.Inputs];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = T.CreateTruncating(limit * ((2 * random.NextDouble()) - 1));
            }

            block.CopyWeightsFrom(layer.Index, weights);
        }

        return block;
    }
}
