using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>A layer and all that come after it, for the step of a small network: the network as one type.</summary>
/// <remarks>
/// Sums over the layers are inlined by force: Native AOT has no profile that tells it how often they are asked for, and would call from layer to
/// layer for a constant.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers of one example.</summary>
    internal static abstract int Inputs { get; }

    /// <summary>From one example's row of DA[l−1] to the next one's.</summary>
    internal static abstract int InputGradientRowStride { get; }

    /// <summary>Layers from this one to the last.</summary>
    internal static abstract int Layers { get; }

    /// <summary>From one example's row of AL to the next one's.</summary>
    internal static abstract int OutputRowStride { get; }

    /// <summary>Numbers of the parameter block up to the end of the last layer's biases.</summary>
    internal static abstract int ParameterLength { get; }

    /// <summary>Numbers that the hidden layers of one example take, whole cache lines.</summary>
    internal static abstract int HiddenLength { get; }

    /// <summary>Numbers that copies of the weights take, with a row for each output.</summary>
    internal static abstract int TransposedLength { get; }

    /// <summary>Copies the weights through which gradients are passed down.</summary>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="transposed">Room for <see cref="TransposedLength"/> numbers; overwritten.</param>
    /// <param name="m">The rows of a tile.</param>
    internal static abstract void Transpose(ref T parameters, ref T transposed, int m);

    /// <summary>
    /// Forward, loss and backward of a tile from this layer on. What is passed down is worked out before the weights change, and
    /// the weights of this layer last.
    /// </summary>
    /// <typeparam name="TOps">The operations.</typeparam>
    /// <typeparam name="TVector">Their vector.</typeparam>
    /// <typeparam name="TTarget">A number of a target row, or a class label.</typeparam>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <typeparam name="TEpilogue">What becomes of the gradient.</typeparam>
    /// <typeparam name="TBelow">The layer below, or <see cref="NoLayer"/>.</typeparam>
    /// <typeparam name="TActivation">Its activation.</typeparam>
    /// <param name="tile">What all layers share.</param>
    /// <param name="below">The layer below.</param>
    /// <param name="transposed">The copies that <see cref="Transpose"/> made.</param>
    /// <param name="hidden">Room for <see cref="HiddenLength"/> numbers of each example; may hold anything.</param>
    internal static abstract void Run<TOps, TVector, TTarget, TLoss, TEpilogue, TBelow, TActivation>(
        scoped in StepTile<T, TTarget> tile, scoped StepRowsBelow<T> below, ref T transposed, ref T hidden)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TTarget : unmanaged
        where TLoss : struct, IStepLoss<T, TTarget>
        where TEpilogue : struct, IEpilogue<T>
        where TBelow : struct, IDenseLayer
        where TActivation : struct, IStepActivation<T>;
}
