using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>What every loss says. Implement <see cref="IElementwiseLoss{T}"/> or <see cref="IRowLoss{T}"/>, not this alone.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A loss struct has one type parameter, the number, or two, the number and <see cref="ILossOptions"/>. The cost of a batch is
/// the mean over its examples.
/// </remarks>
public interface ILoss<T>
    where T : unmanaged
{
    /// <summary>True if an example's loss is the mean over its outputs, false if it is their sum.</summary>
    static abstract bool AveragesOutputs { get; }
}

/// <summary>A loss that works on each output by itself. Its target is as wide as the output.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IElementwiseLoss<T> : ILoss<T>
    where T : unmanaged
{
    /// <summary>The loss of one output.</summary>
    /// <param name="a">The output.</param>
    /// <param name="y">The target.</param>
    static abstract TVector Value<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>The derivative of <see cref="Value"/> with respect to the output.</summary>
    /// <param name="a">The output.</param>
    /// <param name="y">The target.</param>
    static abstract TVector Derivative<TOps, TVector>(TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>A loss over all outputs of one example. Its target can be narrower: see <see cref="LossTraitsAttribute.OutputsPerTarget"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRowLoss<T> : ILoss<T>
    where T : unmanaged
{
    /// <summary>The loss of one example (their sum over outputs, whatever <see cref="ILoss{T}.AveragesOutputs"/> says).</summary>
    /// <param name="a">The outputs, n numbers.</param>
    /// <param name="y">The target, TargetSize numbers.</param>
    static abstract T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y);

    /// <summary>The derivative of <see cref="Value"/> with respect to each output.</summary>
    /// <param name="a">The outputs, n numbers.</param>
    /// <param name="y">The target, TargetSize numbers.</param>
    /// <param name="da">n numbers; overwritten.</param>
    static abstract void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da);
}

/// <summary>
/// An elementwise loss that knows a form of its own, finite for any logit, when the output activation is <typeparamref name="TActivation"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TActivation">The output activation.</typeparam>
public interface IFusedLoss<T, TActivation>
    where T : unmanaged
    where TActivation : struct
{
    /// <summary>The loss of one output from its logit.</summary>
    /// <param name="z">The logit.</param>
    /// <param name="y">The target.</param>
    static abstract TVector ValueFromLogits<TOps, TVector>(TVector z, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>The derivative of the loss with respect to the logit: DZ.</summary>
    /// <param name="z">The logit.</param>
    /// <param name="a">The output, g(z).</param>
    /// <param name="y">The target.</param>
    static abstract TVector DerivativeFromLogits<TOps, TVector>(TVector z, TVector a, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>
    /// The output, its loss and the derivative at once, where they share work, or false, as unless it is implemented: the activation and the
    /// other methods are then called one after the other. The results must be the same.
    /// </summary>
    /// <param name="z">The logit.</param>
    /// <param name="y">The target.</param>
    /// <param name="a">The output, g(z).</param>
    /// <param name="value">The loss.</param>
    /// <param name="dz">Its derivative with respect to the logit.</param>
    static virtual bool TryStepFromLogits<TOps, TVector>(TVector z, TVector y, out TVector a, out TVector value, out TVector dz)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        a = value = dz = z;
        return false;
    }
}

/// <summary>A row loss that knows a form of its own, finite for any logits, when the output activation is <typeparamref name="TActivation"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TActivation">The output activation.</typeparam>
public interface IFusedRowLoss<T, TActivation>
    where T : unmanaged
    where TActivation : struct
{
    /// <summary>The loss of one example from its logits.</summary>
    /// <param name="z">The logits, n numbers.</param>
    /// <param name="y">The target, TargetSize numbers.</param>
    static abstract T ValueFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> y);

    /// <summary>The derivative of the loss with respect to each logit: a row of DZ.</summary>
    /// <param name="z">The logits, n numbers.</param>
    /// <param name="a">The outputs, n numbers.</param>
    /// <param name="y">The target, TargetSize numbers.</param>
    /// <param name="dz">n numbers; overwritten.</param>
    static abstract void DerivativeFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz);

    /// <summary>
    /// The sum of a whole batch's losses at once, or false, as unless it is implemented: <see cref="ValueFromLogits"/> is then called for
    /// each example.
    /// </summary>
    /// <typeparam name="TLayer">The last layer: its rows of Z and A are its row stride apart.</typeparam>
    /// <param name="z">The logits, m rows.</param>
    /// <param name="y">The targets, m dense rows.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="total">The sum over examples.</param>
    static virtual bool TrySumFromLogits<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m, out double total)
        where TLayer : struct, IDenseLayer
    {
        total = 0;
        return false;
    }

    /// <summary>
    /// The loss of each example of a whole batch at once, or false, as unless it is implemented: <see cref="ValueFromLogits"/> is then called
    /// for each. Their sum in double must be that of <see cref="TrySumFromLogits"/>.
    /// </summary>
    /// <typeparam name="TLayer">The last layer: its rows of Z are its row stride apart.</typeparam>
    /// <param name="z">The logits, m rows.</param>
    /// <param name="y">The targets, m dense rows.</param>
    /// <param name="values">m numbers; overwritten.</param>
    static virtual bool TryValuesFromLogits<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> values)
        where TLayer : struct, IDenseLayer => false;

    /// <summary>
    /// The derivatives of a whole batch at once, or false, as unless it is implemented: <see cref="DerivativeFromLogits"/> is then called
    /// for each example.
    /// </summary>
    /// <typeparam name="TLayer">The last layer: its rows of Z, A and DZ are its row stride apart.</typeparam>
    /// <param name="z">The logits, m rows.</param>
    /// <param name="a">The outputs, m rows.</param>
    /// <param name="y">The targets, m dense rows.</param>
    /// <param name="dz">m rows; overwritten, with zero between n and the stride.</param>
    /// <param name="m">The batch size.</param>
    static virtual bool TryDerivativesFromLogits<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz, int m)
        where TLayer : struct, IDenseLayer => false;

    /// <summary>
    /// The outputs, the loss of each example and the derivatives of a whole batch in one pass, or false, as unless it is implemented: the
    /// activation and the other methods are then called one after the other. The results must be the same.
    /// </summary>
    /// <typeparam name="TLayer">The last layer: its rows of Z, A and DZ are its row stride apart.</typeparam>
    /// <param name="z">The logits, a row for each loss.</param>
    /// <param name="y">The targets, a dense row for each loss.</param>
    /// <param name="a">The outputs; overwritten, with zero between n and the stride.</param>
    /// <param name="dz">The derivatives; overwritten, with zero between n and the stride.</param>
    /// <param name="losses">The loss of each example, as <see cref="TryValuesFromLogits"/> gives it; overwritten.</param>
    static virtual bool TryStepFromTargets<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> a, Span<T> dz, Span<T> losses)
        where TLayer : struct, IDenseLayer => false;
}

/// <summary>A fused row loss that also takes the target as a class label, 0 to n − 1, in place of a row.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TActivation">The output activation.</typeparam>
public interface ILabelLoss<T, TActivation>
    where T : unmanaged
    where TActivation : struct
{
    /// <summary>The loss of one example from its logits.</summary>
    /// <param name="z">The logits, n numbers.</param>
    /// <param name="label">The class, 0 to n − 1.</param>
    static abstract T ValueFromLabel(ReadOnlySpan<T> z, int label);

    /// <summary>The derivative of the loss with respect to each logit: a row of DZ.</summary>
    /// <param name="z">The logits, n numbers.</param>
    /// <param name="a">The outputs, n numbers.</param>
    /// <param name="label">The class, 0 to n − 1.</param>
    /// <param name="dz">n numbers; overwritten.</param>
    static abstract void DerivativeFromLabel(ReadOnlySpan<T> z, ReadOnlySpan<T> a, int label, Span<T> dz);

    /// <summary>
    /// The sum of a whole batch's losses at once, or false, as unless it is implemented: <see cref="ValueFromLabel"/> is then called for
    /// each example.
    /// </summary>
    /// <typeparam name="TLayer">The last layer: its rows of Z are its row stride apart.</typeparam>
    /// <param name="z">The logits, m rows.</param>
    /// <param name="labels">m classes, 0 to n − 1.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="total">The sum over examples.</param>
    static virtual bool TrySumFromLabels<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, int m, out double total)
        where TLayer : struct, IDenseLayer
    {
        total = 0;
        return false;
    }

    /// <summary>
    /// The loss of each example of a whole batch at once, or false, as unless it is implemented: <see cref="ValueFromLabel"/> is then called
    /// for each. Their sum in double must be that of <see cref="TrySumFromLabels"/>.
    /// </summary>
    /// <typeparam name="TLayer">The last layer: its rows of Z are its row stride apart.</typeparam>
    /// <param name="z">The logits, m rows.</param>
    /// <param name="labels">m classes, 0 to n − 1.</param>
    /// <param name="values">m numbers; overwritten.</param>
    static virtual bool TryValuesFromLabels<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> values)
        where TLayer : struct, IDenseLayer => false;

    /// <summary>
    /// The outputs, the loss of each example and the derivatives of a whole batch in one pass, or false, as unless it is implemented: the
    /// activation and the other methods are then called one after the other. The results must be the same.
    /// </summary>
    /// <typeparam name="TLayer">The last layer: its rows of Z, A and DZ are its row stride apart.</typeparam>
    /// <param name="z">The logits, a row for each label.</param>
    /// <param name="labels">The classes, 0 to n − 1.</param>
    /// <param name="a">The outputs; overwritten, with zero between n and the stride.</param>
    /// <param name="dz">The derivatives; overwritten, with zero between n and the stride.</param>
    /// <param name="losses">The loss of each example, as <see cref="TryValuesFromLabels"/> gives it; overwritten.</param>
    static virtual bool TryStepFromLabels<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> a, Span<T> dz, Span<T> losses)
        where TLayer : struct, IDenseLayer => false;
}

/// <summary>The numbers that <see cref="NetworkAttribute"/> gives the loss.</summary>
public interface ILossOptions
{
    /// <summary>Where the Huber loss turns from a square into a line.</summary>
    static virtual double HuberDelta => 1;
}
