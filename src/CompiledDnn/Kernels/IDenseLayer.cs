using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>The shape of one layer as constants: the JIT and Native AOT make machine code of its own for every implementing struct.</summary>
/// <remarks>All counts are numbers, not bytes. The interface grows only by static virtual members with defaults.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDenseLayer : ILayerOptions
{
    /// <summary>n[l−1].</summary>
    static abstract int Inputs { get; }

    /// <summary>n[l].</summary>
    static abstract int Outputs { get; }

    /// <summary>From one row of W to the next: from input to input where lanes run across outputs, from output to output for dot products.</summary>
    static abstract int WeightStride { get; }

    /// <summary>From one example's row of A[l−1] to the next one's.</summary>
    static abstract int InputRowStride { get; }

    /// <summary>From one example's row of DA[l−1] to the next one's.</summary>
    static abstract int InputGradientRowStride { get; }

    /// <summary>From one example's row of A, Z and DZ to the next one's: whole cache lines, or 1 for a single output.</summary>
    static abstract int RowStride { get; }

    /// <summary>
    /// From so many examples on, copying W transposed costs less than the sums over lanes that it spares: eight, or two where W is in the L1
    /// cache anyway.
    /// </summary>
    static virtual int FewestTransposed => 8;

    /// <summary>
    /// True if each output is the sum of those over two halves of the inputs, whoever makes them, so that threads can take inputs and their
    /// weights in place of examples.
    /// </summary>
    static virtual bool HalvesInputs => false;

    /// <summary>The probability with which training drops each of the layer's outputs: at least 0 and less than 1.</summary>
    static virtual double DropoutRate => 0;
}
