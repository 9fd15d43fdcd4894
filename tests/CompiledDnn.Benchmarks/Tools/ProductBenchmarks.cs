#if TOOLS
using BenchmarkDotNet.Attributes;

namespace CompiledDnn.Benchmarks;

/// <summary>The products of one layer without an activation, 784 inputs and 128 outputs, and predictions of one example.</summary>
public class ProductBenchmarks
{
    private const int Batch = 128;

    private readonly OneLayer _net = new(1);
    private readonly Tumour _tumour = new(1);
    private readonly RandomBatches<float> _data = new(784, 128, Batch, 1);
    private readonly float[] _features = new float[Tumour.InputSize];
    private readonly NetworkWorkspace<float> _state;
    private readonly NetworkWorkspace<float> _stateWithInputGradient;

    public ProductBenchmarks()
    {
        _state = ((INetwork<float>)_net).CreateWorkspace(Batch);
        _stateWithInputGradient = ((INetwork<float>)_net).CreateWorkspace(Batch, WorkspaceOptions.InputGradient);
        foreach (NetworkWorkspace<float> state in (NetworkWorkspace<float>[])[_state, _stateWithInputGradient])
        {
            Net.Forward(_data.X, state);
            Net.OutputGradient(_data.Y, state);
        }
    }

    private INetwork<float> Net => _net;

    /// <summary>Z = W A + b.</summary>
    [Benchmark]
    public void ForwardProduct() => Net.Forward(_data.X, _state);

    /// <summary>DW and DB.</summary>
    [Benchmark]
    public void Gradient() => Net.Backward(_data.X, _state);

    /// <summary>DW, DB and DA0.</summary>
    [Benchmark]
    public void GradientAndBackwardProduct() => Net.Backward(_data.X, _stateWithInputGradient);

    /// <summary>One example through [30, 16, 8, 1].</summary>
    [Benchmark]
    public float PredictOne() => _tumour.Predict(_features);
}

[Network(784, 128, Output = Activation.Identity)]
internal sealed partial class OneLayer;
#endif
