using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>An activation over whole rows, for all rows of a batch.</summary>
internal static class RowActivation
{
    /// <summary>A = g(Z).</summary>
    /// <param name="z">Z, m rows.</param>
    /// <param name="a">Takes A, m rows; may be the same memory.</param>
    /// <param name="m">The batch size.</param>
    public static void Run<T, TLayer, TActivation>(Span<T> z, Span<T> a, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TActivation : struct, IRowActivation<T>
    {
        if (TActivation.TryApply<TLayer>(z, a, m))
        {
            return;
        }

        for (int row = 0; row < m; row++)
        {
            int start = row * TLayer.RowStride;
            TActivation.Apply(z.Slice(start, TLayer.Outputs), a.Slice(start, TLayer.Outputs));
        }
    }
}
