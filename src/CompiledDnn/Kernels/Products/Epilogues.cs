using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>What becomes of a broadcast tile's sums before they leave the registers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>True if the sums start from a row of biases, false if they start from zero.</summary>
    static abstract bool HasBias { get; }

    /// <summary>True if the result can be other than zero where the sum is zero, so that padding has to be masked.</summary>
    static abstract bool MasksPadding { get; }

    /// <summary>True if the number to store follows from the one that is there.</summary>
    static abstract bool ReadsOld { get; }

    /// <summary>True if it follows from an operand that is laid out like the result.</summary>
    static virtual bool ReadsOther => false;

    /// <summary>The number to store.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="scale">What the caller gave: 1/m, or −learningRate/m.</param>
    /// <param name="old">What is there already, or in the other operand; zero without <see cref="ReadsOld"/> and <see cref="ReadsOther"/>.</param>
    static abstract TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}

/// <summary>A = g(Z), for the forward product.</summary>
internal readonly struct ActivationEpilogue<T, TActivation> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IActivation<T>
{
    public static bool HasBias => true;

    public static bool MasksPadding => true;

    public static bool ReadsOld => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TActivation.Apply<TOps, TVector>(sum);
}

/// <summary>Z itself, for a layer whose activation works on whole rows.</summary>
internal readonly struct BiasEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool HasBias => true;

    public static bool MasksPadding => false;

    public static bool ReadsOld => false;

    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => sum;
}

/// <summary>1/m times the sum, for the gradient: the scale is 1/m, since a tile of vectors would wait longer for divisions than for the sums of a small batch.</summary>
internal readonly struct MeanEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool HasBias => false;

    public static bool MasksPadding => false;

    public static bool ReadsOld => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.Multiply(sum, scale);
}

/// <summary>W − learningRate · DW straight from the sums: the scale is −learningRate/m.</summary>
internal readonly struct DescendEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool HasBias => false;

    public static bool MasksPadding => false;

    public static bool ReadsOld => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.MultiplyAdd(sum, scale, old);
}

/// <summary>The sum itself, for the backward product.</summary>
internal readonly struct PlainEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool HasBias => false;

    public static bool MasksPadding => false;

    public static bool ReadsOld => false;

    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => sum;
}

/// <summary>DZ = DA ∘ g'(Z) with g' from A, for the backward product: the other operand is A.</summary>
internal readonly struct DerivativeEpilogue<T, TActivation> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IDerivativeFromOutput<T>
{
    public static bool HasBias => false;

    public static bool MasksPadding => true;

    public static bool ReadsOld => false;

    public static bool ReadsOther => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => OutputDerivativeOperation<T, TActivation>.Apply<TOps, TVector>(old, sum);
}

/// <summary>The sum added to that of earlier terms.</summary>
internal readonly struct AddEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool HasBias => false;

    public static bool MasksPadding => false;

    public static bool ReadsOld => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.Add(old, sum);
}

/// <summary>1/m times the sum and those of earlier examples: the scale is 1/m.</summary>
internal readonly struct AddMeanEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool HasBias => false;

    public static bool MasksPadding => false;

    public static bool ReadsOld => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TOps.Multiply(TOps.Add(old, sum), scale);
}

/// <summary>The sum over the rest of the terms added to that over those before, which is there, and the number to store from both.</summary>
internal readonly struct RestEpilogue<T, TEpilogue> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : struct, IEpilogue<T>
{
    public static bool HasBias => false;

    public static bool MasksPadding => TEpilogue.MasksPadding;

    public static bool ReadsOld => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Finish<TOps, TVector>(TVector sum, TVector scale, TVector old)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => TEpilogue.Finish<TOps, TVector>(TOps.Add(old, sum), scale, TOps.Zero);
}
