using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>What a network's outputs mean, from its loss.</summary>
public enum NetworkTask
{
    /// <summary>Numbers.</summary>
    Regression,

    /// <summary>One probability, or several independent ones.</summary>
    BinaryClassification,

    /// <summary>A probability for each of several classes that exclude each other.</summary>
    Classification,
}

/// <summary>The plan of a generated network as a table at run time: sizes, layers and the layout of its blocks.</summary>
public sealed class NetworkShape
{
    private readonly LayerInfo[] _layers;

    /// <summary>Called by generated code.</summary>
    /// <param name="name">The name of the network's class.</param>
    /// <param name="targetSize">Numbers in the target of one example.</param>
    /// <param name="task">What the outputs mean.</param>
    /// <param name="blockLength">Numbers in the parameter block, padding included.</param>
    /// <param name="packedInputStride">0 if the kernels read the inputs where they lie, else the row stride of the copy they need.</param>
    /// <param name="layers">The layers in their order.</param>
    public NetworkShape(string name, int targetSize, NetworkTask task, int blockLength, int packedInputStride, params LayerInfo[] layers)
    {
        Name = name;
        TargetSize = targetSize;
        Task = task;
        BlockLength = blockLength;
        PackedInputStride = packedInputStride;
        _layers = layers;
        foreach (LayerInfo layer in layers)
        {
            ParameterCount += (layer.Inputs + 1) * layer.Outputs;
        }
    }

    /// <summary>The name of the network's class.</summary>
    public string Name { get; }

    /// <summary>n[0], numbers in one example.</summary>
    public int InputSize => _layers[0].Inputs;

    /// <summary>n[L], numbers in one prediction.</summary>
    public int OutputSize => _layers[^1].Outputs;

    /// <summary>Numbers in the target of one example.</summary>
    public int TargetSize { get; }

    /// <summary>What the outputs mean.</summary>
    public NetworkTask Task { get; }

    /// <summary>Weights and biases, padding not counted.</summary>
    public int ParameterCount { get; }

    /// <summary>Numbers in the parameter block and in the gradient block, padding included.</summary>
    public int BlockLength { get; }

    /// <summary>0 if the kernels read the inputs where they lie, else the row stride of the copy that a workspace keeps.</summary>
    public int PackedInputStride { get; }

    /// <summary>True if a step keeps the loss of each example in the workspace.</summary>
    public bool KeepsLosses { get; init; }

    /// <summary>The layers in their order; layer l is at l − 1.</summary>
    public ReadOnlySpan<LayerInfo> Layers => _layers;

    /// <summary>The layer with number <paramref name="layer"/>, counted from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LayerInfo Layer(int layer) => (uint)(layer - 1) < (uint)_layers.Length ? _layers[layer - 1] : throw NoLayer(layer);

    /// <summary>True if both networks have the same sizes, and so the same layout of their blocks.</summary>
    /// <param name="other">Another network's shape.</param>
    public bool HasLayoutOf(NetworkShape other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_layers.Length != other._layers.Length || BlockLength != other.BlockLength)
        {
            return false;
        }

        for (int i = 0; i < _layers.Length; i++)
        {
            if (!HaveSameLayout(_layers[i], other._layers[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The sizes as in the attribute: <c>[784, 128, 64, 10]</c>.</summary>
    public override string ToString()
    {
        string[] sizes = [$"{InputSize}", .. Array.ConvertAll(_layers, static layer => $"{layer.Outputs}")];
        return $"{Name} [{string.Join(", ", sizes)}]";
    }

    private static bool HaveSameLayout(LayerInfo a, LayerInfo b) =>
        a.Inputs == b.Inputs
        && a.Outputs == b.Outputs
        && a.WeightOffset == b.WeightOffset
        && a.BiasOffset == b.BiasOffset
        && a.OutputStride == b.OutputStride
        && a.InputStride == b.InputStride;

    /// <summary>What is wrong with a layer's number.</summary>
    internal ArgumentOutOfRangeException NoLayer(int layer) =>
        new(nameof(layer), layer, $"{Name} has layers 1 to {_layers.Length}; there is no layer {layer}.");
}
