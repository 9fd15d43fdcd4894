namespace CompiledDnn;

/// <summary>What the generator has to know of an activation beyond its methods.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class ActivationTraitsAttribute : Attribute
{
    /// <summary>What the outputs can be. Decides which losses fit. Default: <see cref="OutputRange.Any"/>.</summary>
    public OutputRange Range { get; set; }

    /// <summary>The loss of a network that ends with this activation and names none. Default: mean squared error.</summary>
    public Loss DefaultLoss { get; set; } = Loss.MeanSquaredError;

    /// <summary>The initialiser of a layer with this activation. Default: Glorot's uniform one.</summary>
    public DefaultInitializer Initializer { get; set; } = DefaultInitializer.Glorot;

    /// <summary>
    /// g as operators of ONNX (operator set 17) in z, such as <c>"Mul(z, Sigmoid(z))"</c> or <c>"LeakyRelu(z, alpha=NegativeSlope)"</c>:
    /// operators with their inputs and attributes, numbers, and the layer's <see cref="ILayerOptions.NegativeSlope"/> and
    /// <see cref="ILayerOptions.Alpha"/>. An attribute without a point or an exponent is an integer. Without it a network with this activation cannot
    /// be written as an ONNX model.
    /// </summary>
    public string? Onnx { get; set; }
}

/// <summary>What the outputs of an activation can be.</summary>
public enum OutputRange
{
    /// <summary>Any number.</summary>
    Any,

    /// <summary>Each output between 0 and 1.</summary>
    Probability,

    /// <summary>Outputs between 0 and 1 that add up to 1.</summary>
    Distribution,
}

/// <summary>The initialiser that fits an activation.</summary>
public enum DefaultInitializer
{
    /// <summary>Glorot's uniform initialiser, for tanh and sigmoid.</summary>
    Glorot,

    /// <summary>He's normal initialiser, for the ReLU family.</summary>
    He,

    /// <summary>LeCun's normal initialiser.</summary>
    LeCun,
}
