namespace CompiledDnn;

/// <summary>One layer of a network as a row of its table: Z = W A + b, A = g(Z).</summary>
/// <remarks>
/// Offsets and strides count numbers, not bytes. They are the same on every machine. The weight from input i to output o lies at
/// <c>WeightOffset + o * OutputStride + i * InputStride</c> of the parameter block; what lies between is padding and zero.
/// </remarks>
public sealed record LayerInfo
{
    /// <summary>The layer's number l, counted from 1.</summary>
    public required int Index { get; init; }

    /// <summary>n[l−1].</summary>
    public required int Inputs { get; init; }

    /// <summary>n[l].</summary>
    public required int Outputs { get; init; }

    /// <summary>The name of the activation's type, without its type arguments.</summary>
    public required string Activation { get; init; }

    /// <summary>The initialiser that fits the activation.</summary>
    public required DefaultInitializer Initializer { get; init; }

    /// <summary>The activation as operators of ONNX, from <see cref="ActivationTraitsAttribute.Onnx"/>; null if it has no such form.</summary>
    public string? Onnx { get; init; }

    /// <summary>The slope below zero of an activation that takes one.</summary>
    public double NegativeSlope { get; init; } = 0.01;

    /// <summary>The scale below zero of an activation that takes one.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>Where W begins in the parameter block and DW in the gradient block.</summary>
    public required int WeightOffset { get; init; }

    /// <summary>How many numbers W takes, padding included.</summary>
    public required int WeightLength { get; init; }

    /// <summary>From a weight to the weight of the next output.</summary>
    public required int OutputStride { get; init; }

    /// <summary>From a weight to the weight of the next input.</summary>
    public required int InputStride { get; init; }

    /// <summary>Where b begins in the parameter block and DB in the gradient block.</summary>
    public required int BiasOffset { get; init; }

    /// <summary>How many numbers b takes, padding included.</summary>
    public required int BiasLength { get; init; }

    /// <summary>From one example's row of A, Z and DZ to the next one's.</summary>
    public required int RowStride { get; init; }

    /// <summary>True if the gradient or the cost needs Z, so that every workspace keeps it.</summary>
    public required bool NeedsZ { get; init; }

    /// <summary>The probability with which training drops each of the layer's outputs; 0 for none.</summary>
    public double Dropout { get; init; }

    /// <summary>The layer in short: <c>layer 2: 128 → 64, ReLU</c>.</summary>
    public override string ToString() => $"layer {Index}: {Inputs} → {Outputs}, {Activation}";
}
