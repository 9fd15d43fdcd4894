using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>From DA to DZ in place: DZ = DA ∘ g'(Z).</summary>
/// <remarks>In each method gradient holds DA on entry and DZ on return, m rows of the layer's stride.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ActivationGradient
{
    /// <summary>An elementwise activation whose derivative follows from A.</summary>
    public static void FromOutput<T, TLayer, TActivation>(ReadOnlySpan<T> a, Span<T> gradient, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IDerivativeFromOutput<T>
    {
        KernelGuard.Rows(a.Length, m, TLayer.RowStride, nameof(a));
        KernelGuard.Rows(gradient.Length, m, TLayer.RowStride, nameof(gradient));
        ref T first = ref MemoryMarshal.GetReference(gradient);

        // g' of the identity is one.
        if (typeof(TActivation) != typeof(Identity<T>))
        {
            VectorDispatch.Run<T, RowMap<T, TLayer, OutputDerivativeOperation<T, TActivation>>>(
                new(in MemoryMarshal.GetReference(a), in first, ref first, m));
        }
    }

    /// <summary>An elementwise activation whose derivative follows from Z.</summary>
    public static void FromInput<T, TLayer, TActivation>(ReadOnlySpan<T> z, Span<T> gradient, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IDerivativeFromInput<T>
    {
        KernelGuard.Rows(z.Length, m, TLayer.RowStride, nameof(z));
        KernelGuard.Rows(gradient.Length, m, TLayer.RowStride, nameof(gradient));
        ref T first = ref MemoryMarshal.GetReference(gradient);
        VectorDispatch.Run<T, RowMap<T, TLayer, InputDerivativeOperation<T, TActivation>>>(
            new(in MemoryMarshal.GetReference(z), in first, ref first, m));
    }

    /// <summary>An activation over whole rows: DZ = Jᵀ DA.</summary>
    public static void Rows<T, TLayer, TActivation>(ReadOnlySpan<T> a, Span<T> gradient, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IRowActivation<T>
    {
        for (int row = 0; row < m; row++)
        {
            int start = row * TLayer.RowStride;
            TActivation.Backward(a.Slice(start, TLayer.Outputs), gradient.Slice(start, TLayer.Outputs));
        }
    }
}
