using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>The last layer's part of a step: its activation, the losses and the gradient, in one go where the loss can.</summary>
/// <remarks>
/// The fused forms begin with Z and give A and DZL. The others begin with A and give DAL, of which <see cref="ActivationGradient"/> makes
/// DZL. The gradient is without the 1/m.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OutputStep
{
    /// <summary>The losses and DAL of an elementwise loss.</summary>
    /// <param name="a">A, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="da">Takes DA, m rows of the layer's stride.</param>
    /// <param name="losses">Takes m losses, summed over outputs whether or not the loss is their mean.</param>
    /// <param name="m">The batch size.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Elementwise<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da, Span<T> losses, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T>
    {
        KernelGuard.Rows(losses.Length, m, 1, nameof(losses));
        OutputMap<T, TLayer, OutputLoss<T, TLoss>>.Run(a, y, default, da, losses[..m]);
    }

    /// <summary>A = g(Z), the losses and DZ of an elementwise loss in its own form for g.</summary>
    /// <param name="z">Z, m rows of the layer's stride.</param>
    /// <param name="a">Takes A, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="dz">Takes DZ, m rows of the layer's stride.</param>
    /// <param name="losses">Takes m losses, summed over outputs whether or not the loss is their mean.</param>
    /// <param name="m">The batch size.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void FusedElementwise<T, TLayer, TActivation, TLoss>(
        ReadOnlySpan<T> z, Span<T> a, ReadOnlySpan<T> y, Span<T> dz, Span<T> losses, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IActivation<T>
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, TActivation>
    {
        KernelGuard.Rows(losses.Length, m, 1, nameof(losses));
        OutputMap<T, TLayer, LogitLoss<T, TActivation, TLoss>>.Run(z, y, a, dz, losses[..m]);
    }

    /// <summary>The losses and DAL of a loss over whole rows.</summary>
    /// <param name="a">A, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="da">Takes DA, m rows of the layer's stride.</param>
    /// <param name="losses">Takes m losses, summed over outputs whether or not the loss is their mean.</param>
    /// <param name="m">The batch size.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Row<T, TLayer, TLoss>(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da, Span<T> losses, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IRowLoss<T>
    {
        KernelGuard.Rows(losses.Length, m, 1, nameof(losses));
        LossGradient.Row<T, TLayer, TLoss>(a, y, da, m);
        ExampleLosses.Row<T, TLayer, TLoss>(a, y, losses[..m]);
    }

    /// <summary>A = g(Z) over whole rows, the losses and DZ of a loss in its own form for g.</summary>
    /// <param name="z">Z, m rows of the layer's stride.</param>
    /// <param name="a">Takes A, m rows of the layer's stride.</param>
    /// <param name="y">m dense rows of targets.</param>
    /// <param name="dz">Takes DZ, m rows of the layer's stride.</param>
    /// <param name="losses">Takes m losses, summed over outputs whether or not the loss is their mean.</param>
    /// <param name="m">The batch size.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void FusedRow<T, TLayer, TActivation, TLoss>(Span<T> z, Span<T> a, ReadOnlySpan<T> y, Span<T> dz, Span<T> losses, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IRowActivation<T>
        where TLoss : struct, IRowLoss<T>, IFusedRowLoss<T, TActivation>
    {
        KernelGuard.Rows(losses.Length, m, 1, nameof(losses));
        losses = losses[..m];
        if (!TLoss.AveragesOutputs && TLoss.TryStepFromTargets<TLayer>(z, y, a, dz, losses))
        {
            return;
        }

        RowActivation.Run<T, TLayer, TActivation>(z, a, m);
        LossGradient.FusedRow<T, TLayer, TActivation, TLoss>(z, a, y, dz, m);
        ExampleLosses.FusedRow<T, TLayer, TActivation, TLoss>(z, y, losses);
    }

    /// <summary>The same from labels: A = g(Z), the loss of each example, and DZ.</summary>
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
    /// <param name="losses">What one of the other methods wrote, m numbers: m is its length.</param>
    public static T Cost<T, TLayer, TLoss>(ReadOnlySpan<T> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, ILoss<T>
    {
        double total = LossSum.Of(losses);
        return T.CreateTruncating((TLoss.AveragesOutputs ? total / TLayer.Outputs : total) / losses.Length);
    }
}
