namespace CompiledDnn.Generator.Planning;

/// <summary>How the kernels of a layer go through its weights.</summary>
internal enum KernelFamily
{
    /// <summary>W has a row for each input; lanes run across outputs and each input is broadcast.</summary>
    Lanes,

    /// <summary>W has a row for each output; each output is a dot product, lanes run across inputs.</summary>
    Dot,
}

/// <summary>What will be done for one layer. Offsets and strides count numbers, not bytes; they are the same on every machine.</summary>
/// <param name="Index">l, counted from 1.</param>
/// <param name="Inputs">n[l−1].</param>
/// <param name="Outputs">n[l].</param>
/// <param name="Family">How the kernels go through the weights.</param>
/// <param name="Reason">Why that family, in words for the emitted table.</param>
/// <param name="WeightOffset">Where W begins in the parameter block.</param>
/// <param name="WeightLength">Numbers of W with padding.</param>
/// <param name="WeightStride">From one row of W to the next.</param>
/// <param name="BiasOffset">Where b begins in the parameter block.</param>
/// <param name="BiasLength">Numbers of b with padding.</param>
/// <param name="InputRowStride">From one example's row of A[l−1] to the next one's.</param>
/// <param name="InputGradientRowStride">From one example's row of DA[l−1] to the next one's.</param>
/// <param name="RowStride">From one example's row of A, Z and DZ to the next one's.</param>
/// <param name="NeedsZ">True if the gradient or the cost needs Z.</param>
internal sealed record LayerPlan(
    int Index,
    int Inputs,
    int Outputs,
    KernelFamily Family,
    string Reason,
    int WeightOffset,
    int WeightLength,
    int WeightStride,
    int BiasOffset,
    int BiasLength,
    int InputRowStride,
    int InputGradientRowStride,
    int RowStride,
    bool NeedsZ)
{
    /// <summary>Weights and biases, padding not counted.</summary>
    public int Parameters => (Inputs + 1) * Outputs;

    /// <summary>From a weight to the weight of the next output.</summary>
    public int OutputStride => Family == KernelFamily.Lanes ? 1 : WeightStride;

    /// <summary>From a weight to the weight of the next input.</summary>
    public int InputStride => Family == KernelFamily.Lanes ? WeightStride : 1;
}
