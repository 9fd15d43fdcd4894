using CompiledDnn.Generator.Model;
using CompiledDnn.Kernels;

namespace CompiledDnn.Generator.Planning;

/// <summary>What will be done, the same on every machine: layout, kernel families, sizes of scratch memory.</summary>
/// <param name="ElementSize">Bytes in a number.</param>
/// <param name="Layers">The layers in their order.</param>
/// <param name="BlockLength">Numbers in the parameter block with padding.</param>
/// <param name="PackedInputStride">0 if the kernels read the inputs where they lie, else the row stride of the copy they need.</param>
/// <param name="Scratch">The memory that a prediction takes.</param>
/// <param name="ChainsOneExample">True if one example by itself goes through all layers in one method of its own.</param>
/// <param name="HasDropout">True if training drops outputs of some layer.</param>
internal sealed record NetworkPlan(
    int ElementSize,
    EquatableArray<LayerPlan> Layers,
    int BlockLength,
    int PackedInputStride,
    ScratchPlan Scratch,
    bool ChainsOneExample,
    bool HasDropout = false)
{
    // Halves of the inputs apart: a row of inputs of a layer of dot products at the least; with fewer, a second sum over lanes for each output
    // would show.
    private const int FewestDotBytes = 16 * 1024;

    // With lanes across outputs: fewer weights come from another processor's cache as fast as a phase of a step begins and ends. With fewer
    // inputs it would show that sums are put aside.
    private const int FewestHalvedBytes = 128 * 1024;
    private const int FewestHalvedInputs = 256;

    /// <summary>
    /// Examples of a tile that a step pushes through all layers at once, 0 if the network is not small: hidden layers with lanes across
    /// outputs and without dropout, and parameters and a tile's rows that fit an L1 cache together.
    /// </summary>
    public int StepRows
    {
        get
        {
            long hidden = 0;
            for (int i = 0; i < Layers.Count - 1; i++)
            {
                if (Layers[i].Family != KernelFamily.Lanes)
                {
                    return 0;
                }

                // A, DZ and perhaps Z.
                hidden += (Layers[i].NeedsZ ? 3L : 2L) * Layers[i].RowStride * ElementSize;
            }

            bool isSmall = !HasDropout
                && Layers.Count >= 2
                && (long)BlockLength * ElementSize <= StepShape.MostParameterBytes
                && StepShape.Rows(hidden) >= StepShape.FewestRows;
            return isSmall ? StepShape.Rows(hidden) : 0;
        }
    }

    /// <summary>
    /// True if on several threads the sums of layer 1 are a phase of a step by themselves, with examples of half of the inputs as shares:
    /// a layer with many weights that reads the inputs where they lie.
    /// </summary>
    public bool HalvesInputs => Layers.Count > 1 && PackedInputStride == 0 && Layers[0] switch
    {
        { Family: KernelFamily.Lanes } layer => layer.Inputs >= FewestHalvedInputs && (long)layer.WeightLength * ElementSize >= FewestHalvedBytes,
        { Outputs: > 1 } layer => (long)layer.Inputs * ElementSize >= FewestDotBytes,
        _ => false,
    };

    /// <summary>Weights and biases, padding not counted.</summary>
    public long ParameterCount
    {
        get
        {
            long count = 0;
            foreach (LayerPlan layer in Layers)
            {
                count += layer.Parameters;
            }

            return count;
        }
    }

    /// <summary>Floating-point operations to predict one example: a multiplication and an addition for each weight.</summary>
    public long PredictOperations
    {
        get
        {
            long count = 0;
            foreach (LayerPlan layer in Layers)
            {
                count += 2L * layer.Inputs * layer.Outputs;
            }

            return count;
        }
    }

    /// <summary>Floating-point operations to train on one example: forward, gradient, and backward but for layer 1.</summary>
    public long TrainOperations => (3 * PredictOperations) - (2L * Layers[0].Inputs * Layers[0].Outputs);
}

/// <summary>Scratch memory of a prediction: two buffers that take turns, A1, A3, ... in one and A2, A4, ... in the other.</summary>
/// <param name="PackedStride">Numbers of one example's packed inputs, or 0.</param>
/// <param name="OddStride">The widest row of A1, A3, ....</param>
/// <param name="EvenStride">The widest row of A2, A4, ..., or 0.</param>
/// <param name="WritesOutputs">True if the last layer's rows are dense, so that it writes straight into the caller's span.</param>
/// <param name="FitsStack">True if one example fits into the stack memory that a prediction may take.</param>
internal sealed record ScratchPlan(int PackedStride, int OddStride, int EvenStride, bool WritesOutputs, bool FitsStack)
{
    /// <summary>Numbers of one example in all, at least 1.</summary>
    public int PerExample => System.Math.Max(1, PackedStride + OddStride + EvenStride);
}
