using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>The last layer's part of a step: its activation over whole rows, the losses and DZL, in one go where the loss can.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OutputStep
{
    /// <summary>A = g(Z), the loss of each example, and DZ without the 1/m.</summary>
    /// <param name="z">Z, m rows of the layer's stride.</param>
    /// <param name="a">Takes A, m rows of the layer's stride.</param>
    /// <param name="labels">m classes.</param>
    /// <param name="dz">Takes DZ, m rows of the layer's stride.</param>
    /// <param name="losses">Takes m losses, summed over outputs whether or not the loss is their mean.</param>
    /// <param name="m">The batch size.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Labels<T, TLayer, TActivation, TLoss>(Span<T> z, Span<T> a, ReadOnlySpan<int> labels, Span<T> dz, Span<T> losses, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IRowActivation<T>
        where TLoss : struct, IRowLoss<T>, ILabelLoss<T, TActivation>
    {
        KernelGuard.Rows(labels.Length, m, 1, nameof(labels));
        KernelGuard.Rows(losses.Length, m, 1, nameof(losses));
        labels = labels[..m];
        if (!TLoss.AveragesOutputs && TLoss.TryStepFromLabels<TLayer>(z, labels, a, dz, losses))
        {
            return;
        }

        RowActivation.Run<T, TLayer, TActivation>(z, a, m);
        LossGradient.FusedLabels<T, TLayer, TActivation, TLoss>(z, a, labels, dz, m);
        ExampleLosses.FusedLabels<T, TLayer, TActivation, TLoss>(z, labels, losses[..m]);
    }

    /// <summary>The cost J: the mean of the losses.</summary>
    /// <param name="losses">What <see cref="Labels"/> wrote, m numbers: m is its length.</param>
    public static T Cost<T, TLayer, TLoss>(ReadOnlySpan<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, ILoss<T>
    {
        double total = LossSum.Of(losses);
        return T.CreateTruncating((TLoss.AveragesOutputs ? total / TLayer.Outputs : total) / losses.Length);
    }
}
