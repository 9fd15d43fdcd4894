namespace CompiledDnn;

/// <summary>What one layer of a <see cref="NetworkAttribute">[Network]</see> class has of its own.</summary>
/// <param name="layer">The layer, counted from 1 as in the notebook: layer 1 reads the inputs, layer L gives the outputs.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class LayerAttribute(int layer) : Attribute
{
    /// <summary>The layer, counted from 1.</summary>
    public int Layer { get; } = layer;

    /// <summary>The layer's activation, in place of the network's.</summary>
    public Activation Activation { get; set; }

    /// <summary>The layer's activation by type: a struct that implements <see cref="IActivation{T}"/>.</summary>
    public Type? ActivationType { get; set; }

    /// <summary>The slope of <see cref="Activation.LeakyReLU"/> below zero, in place of the network's.</summary>
    public double NegativeSlope { get; set; } = 0.01;

    /// <summary>The scale of <see cref="Activation.ELU"/> below zero, in place of the network's.</summary>
    public double Alpha { get; set; } = 1;

    /// <summary>The probability with which training drops each of the layer's outputs, in place of the network's. Not for the last layer.</summary>
    public double Dropout { get; set; }
}
