namespace CompiledDnn;

/// <summary>A type of number that a network's weights and biases are saved as, by its name in safetensors.</summary>
public enum NumberType
{
    /// <summary>IEEE 754 double precision, 8 bytes.</summary>
    F64,

    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    F32,

    /// <summary>IEEE 754 half precision, 2 bytes: 11 binary digits, at most 65504.</summary>
    F16,

    /// <summary>The upper half of a single-precision number, 2 bytes: 8 binary digits, the range of single precision.</summary>
    BF16,
}
