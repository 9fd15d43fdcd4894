namespace CompiledDnn;

/// <summary>The number type of a network's parameters, activations and gradients.</summary>
public enum Precision
{
    /// <summary><see cref="float"/>, 32 bits.</summary>
    Float,

    /// <summary><see cref="double"/>, 64 bits.</summary>
    Double,
}
