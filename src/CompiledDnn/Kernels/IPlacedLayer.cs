using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>The shape of one layer and where its weights and biases lie in the parameter block, as constants.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPlacedLayer : IDenseLayer
{
    /// <summary>Where W begins.</summary>
    static abstract int WeightOffset { get; }

    /// <summary>Where b begins.</summary>
    static abstract int BiasOffset { get; }
}
