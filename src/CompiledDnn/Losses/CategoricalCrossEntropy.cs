using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;

namespace CompiledDnn;

/// <summary>The cross-entropy −Σ y log a of classes that exclude each other, summed over outputs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The derivative is −y / a; a class whose y is zero counts as zero in both, whatever its output.
/// <para>
/// After softmax both come from the logits. With lse = log Σ exp z, taken after the greatest logit was subtracted, the loss is
/// Σ y (lse − z) and dz = a Σ y − y; the weights y of an example need not add up to 1. For a class label c they are lse − z[c]
/// and a − 1 at c, a elsewhere. They are finite for all finite logits.
/// </para>
/// </remarks>
[LossTraits(Requires = OutputRange.Distribution)]
public readonly struct CategoricalCrossEntropy<T> : IRowLoss<T>, IFusedRowLoss<T, Softmax<T>>, ILabelLoss<T, Softmax<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool AveragesOutputs => false;

    /// <inheritdoc/>
    public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y)
    {
        var sum = T.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            if (y[i] != T.Zero)
            {
                sum -= y[i] * T.Log(a[i]);
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da)
    {
        for (int i = 0; i < a.Length; i++)
        {
            da[i] = y[i] != T.Zero ? -y[i] / a[i] : T.Zero;
        }
    }

    /// <inheritdoc/>
    public static T ValueFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> y)
    {
        var logarithm = LogOfShiftedSum(z, out var greatest);
        var sum = T.Zero;
        for (int i = 0; i < z.Length; i++)
        {
            if (y[i] != T.Zero)
            {
                sum += y[i] * (logarithm - (z[i] - greatest));
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public static void DerivativeFromLogits(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz)
    {
        dz = dz[..a.Length];
        TensorPrimitives.Multiply(a, TensorPrimitives.Sum(y), dz);
        TensorPrimitives.Subtract(dz, y, dz);
    }

    /// <inheritdoc/>
    public static T ValueFromLabel(ReadOnlySpan<T> z, int label)
    {
        var logarithm = LogOfShiftedSum(z, out var greatest);
        return logarithm - (z[label] - greatest);
    }

    /// <inheritdoc/>
    public static void DerivativeFromLabel(ReadOnlySpan<T> z, ReadOnlySpan<T> a, int label, Span<T> dz)
    {
        a.CopyTo(dz);
        dz[label] -= T.One;
    }

    /// <inheritdoc/>
    public static bool TrySumFromLogits<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, int m, out double total)
        where TLayer : struct, IDenseLayer
    {
        bool areWhole = LogitRow.AreWhole<TLayer>(z.Length, m);
        total = areWhole ? CrossEntropyRows.Sum<T, TLayer>(z, y, m) : 0;
        return areWhole;
    }

    /// <inheritdoc/>
    public static bool TryValuesFromLogits<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> values)
        where TLayer : struct, IDenseLayer
    {
        if (!LogitRow.AreWhole<TLayer>(z.Length, values.Length))
        {
            return false;
        }

        CrossEntropyRows.Values<T, TLayer>(z, y, values, values.Length);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryDerivativesFromLogits<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> dz, int m)
        where TLayer : struct, IDenseLayer
    {
        if (!LogitRow.AreWhole<TLayer>(Math.Min(a.Length, dz.Length), m))
        {
            return false;
        }

        CrossEntropyRows.Gradient<T, TLayer>(a, y, dz, m);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryStepFromTargets<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> y, Span<T> a, Span<T> dz, Span<T> losses)
        where TLayer : struct, IDenseLayer => CrossEntropyStep<T, TLayer>.TryRun(z, y, a, dz, losses);

    /// <inheritdoc/>
    public static bool TrySumFromLabels<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, int m, out double total)
        where TLayer : struct, IDenseLayer
    {
        bool areWhole = LogitRow.AreWhole<TLayer>(z.Length, m);
        total = areWhole ? CrossEntropyRows.SumFromLabels<T, TLayer>(z, labels, m) : 0;
        return areWhole;
    }

    /// <inheritdoc/>
    public static bool TryValuesFromLabels<TLayer>(ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> values)
        where TLayer : struct, IDenseLayer
    {
        if (!LogitRow.AreWhole<TLayer>(z.Length, values.Length))
        {
            return false;
        }

        CrossEntropyRows.ValuesFromLabels<T, TLayer>(z, labels[..values.Length], values);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryStepFromLabels<TLayer>(
        ReadOnlySpan<T> z, ReadOnlySpan<int> labels, Span<T> a, Span<T> dz, Span<T> losses)
        where TLayer : struct, IDenseLayer => SoftmaxStep<T, TLayer>.TryRun(z, labels, a, dz, losses);

    // log Σ exp(z − max z): between 0 and log n.
    private static T LogOfShiftedSum(ReadOnlySpan<T> z, out T greatest)
    {
        greatest = TensorPrimitives.Max(z);
        var sum = Vector512.IsHardwareAccelerated ? ShiftedSum<Vector512Ops<T>, Vector512<T>>(z, greatest)
            : Vector256.IsHardwareAccelerated ? ShiftedSum<Vector256Ops<T>, Vector256<T>>(z, greatest)
            : ShiftedSum<Vector128Ops<T>, Vector128<T>>(z, greatest);
        return T.Log(sum);
    }

    private static T ShiftedSum<TOps, TVector>(ReadOnlySpan<T> z, T greatest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        var shift = TOps.Broadcast(greatest);
        var sums = TOps.Zero;
        int i = 0;
        for (; i <= z.Length - TOps.Count; i += TOps.Count)
        {
            var row = z.Slice(i, TOps.Count);
            sums = TOps.Add(sums, TOps.Exp(TOps.Subtract(TOps.Load(in row[0]), shift)));
        }

        var sum = TOps.Sum(sums);
        for (; i < z.Length; i++)
        {
            sum += T.Exp(z[i] - greatest);
        }

        return sum;
    }
}
