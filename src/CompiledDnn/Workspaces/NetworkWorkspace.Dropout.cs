using System.ComponentModel;
using System.Numerics.Tensors;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <content>Dropout: the seed and step of its masks, and what the next layer reads of a layer that has it.</content>
public abstract partial class NetworkWorkspace<T>
{
    private long _maskSeed;
    private long _maskStep;

    /// <summary>
    /// The seed of dropout's masks, 0 at first. Whether an output is dropped is a function of seed, step, layer, example in the batch and unit
    /// alone: the same on any machine and for any number of threads.
    /// </summary>
    public long DropoutSeed { get; set; }

    /// <summary>
    /// The step whose masks the next training step will use, 0 at first. Forward, DescendStep and TrainStep of a network with dropout, with a
    /// workspace created with <see cref="WorkspaceOptions.Training"/>, take the present seed and step and then count the step up by one;
    /// a call that is refused does not. Cost, OutputGradient and Backward go on with the masks of that Forward, whatever is set meanwhile. To
    /// repeat a step, set its number again; to resume training, set the number of the next.
    /// </summary>
    public long DropoutStep { get; set; }

    /// <summary>True from a training step of a network with dropout until the next step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool IsDropping { get; private set; }

    /// <summary>What the layer after this one reads, [m, outputs]: A, or where this step drops some of it, the rest of it divided by 1 − p.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    public ReadOnlyTensorSpan<T> PassedView(int layer) => View(PassedBlock(layer), layer);

    /// <summary>Decides whether the step that begins drops outputs, and takes its masks. For generated code.</summary>
    /// <param name="training">False for a prediction.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void BeginDropout(bool training)
    {
        // HasFlag would box both values until it is compiled again.
        IsDropping = training && (Options & WorkspaceOptions.Training) != 0;
        if (IsDropping)
        {
            _maskSeed = DropoutSeed;
            _maskStep = DropoutStep;
            DropoutStep = unchecked(DropoutStep + 1);
        }
    }

    /// <summary>From what the masks of a layer are worked out in this step. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ulong DropoutKey(int layer) => DropoutMask.Key(_maskSeed, _maskStep, layer);

    /// <summary>What the next layer reads of a layer, as it lies in memory, for the whole capacity. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> PassedBlock(int layer) => Block(Part(IsDropped(layer) ? _layout.Dropped : _layout.A, layer));

    /// <summary>What the next layer reads of a layer, for some examples. For kernels.</summary>
    /// <param name="layer">The layer, counted from 1.</param>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Span<T> PassedRows(int layer, int first, int count) => Rows(Part(IsDropped(layer) ? _layout.Dropped : _layout.A, layer), first, count);

    private bool IsDropped(int layer) => IsDropping && Shape.Layer(layer).Dropout > 0;
}
