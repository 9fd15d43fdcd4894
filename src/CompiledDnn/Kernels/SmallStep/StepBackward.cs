using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>The backward half of a layer with lanes across outputs: what it passes down, then its gradient.</summary>
internal static class StepBackward<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IPlacedLayer
{
    /// <summary>Numbers of W with a row for each output; none for the first layer, which passes nothing down but DA0.</summary>
    public static int TransposedLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.WeightOffset > 0 ? Transposition.Rows<TLayer>() * TLayer.InputGradientRowStride : 0;
    }

    /// <summary>Copies W so that it has a row for each output, where that is worth it for tiles of m examples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref T parameters, ref T transposed, int m)
    {
        if (TLayer.WeightOffset == 0 || m < TLayer.FewestTransposed)
        {
            return;
        }

        ref T w = ref Unsafe.Add(ref parameters, TLayer.WeightOffset);
        if (PairTransposition<T, TLayer>.Fits)
        {
            PairTransposition<T, TLayer>.Run(ref w, ref transposed);
        }
        else
        {
            Transposition.Run<T, TLayer>(ref w, TLayer.Inputs, ref transposed, TLayer.InputGradientRowStride);
        }
    }

    /// <summary>DZ[l−1] = Wᵀ DZ ∘ g'(Z[l−1]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PassDown<TBelow, TActivation, TOps, TVector>(
        scoped StepRowsBelow<T> below, ref T parameters, ref T transposed, ref T dz, int m)
        where TBelow : struct, IDenseLayer
        where TActivation : struct, IStepActivation<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (typeof(TBelow) == typeof(NoLayer))
        {
            // DA0, which only some ask for, is not worth a copy of the weights.
            if (!Unsafe.IsNullRef(ref below.DZ))
            {
                Dot<TOps, TVector>(ref below.DZ, ref parameters, ref dz, m);
            }
        }
        else if (m >= TLayer.FewestTransposed && PairTransposition<T, TLayer>.Fits)
        {
            TActivation.PassDown<TBelow, BackwardPairs<TLayer>, TOps, TVector>(
                ref dz, ref transposed, ref below.Z, ref below.A, ref below.DZ, m);
        }
        else if (m >= TLayer.FewestTransposed)
        {
            TActivation.PassDown<TBelow, BackwardTransposed<TLayer>, TOps, TVector>(
                ref dz, ref transposed, ref below.Z, ref below.A, ref below.DZ, m);
        }
        else
        {
            Dot<TOps, TVector>(ref below.DZ, ref parameters, ref dz, m);
            TActivation.Derive<TBelow, TOps, TVector>(ref below.Z, ref below.A, ref below.DZ, m);
        }
    }

    /// <summary>DW = Σ A[l−1] DZ and DB = Σ DZ, or what the epilogue makes of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<TEpilogue, TOps, TVector>(ref T x, ref T dz, ref T gradients, T scale, int m)
        where TEpilogue : struct, IEpilogue<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T dw = ref Unsafe.Add(ref gradients, TLayer.WeightOffset);
        if (m <= FewTermsProduct<T, GradientLanes<TLayer>, TEpilogue>.MostTerms)
        {
            new FewTermsProduct<T, GradientLanes<TLayer>, TEpilogue>(in x, in dz, ref dw, scale, m, TLayer.Inputs).Run<TOps, TVector>();
        }
        else
        {
            SmallProduct<T, GradientLanes<TLayer>, TEpilogue>.Run<TOps, TVector>(ref x, ref dz, ref Unsafe.NullRef<T>(), ref dw, scale, m);
        }

        new ColumnSums<T, TLayer, TEpilogue>(in dz, ref Unsafe.Add(ref gradients, TLayer.BiasOffset), scale, m).Run<TOps, TVector>();
    }

    private static void Dot<TOps, TVector>(ref T da, ref T parameters, ref T dz, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T w = ref Unsafe.Add(ref parameters, TLayer.WeightOffset);
        if (FoldedProduct<T, Backward<TLayer>>.Fits)
        {
            new FoldedProduct<T, Backward<TLayer>>(in dz, in w, ref da, m).Run<TOps, TVector>();
        }
        else
        {
            new DotProduct<T, Backward<TLayer>>(in dz, in w, in Unsafe.NullRef<T>(), ref da, m).Run<TOps, TVector>();
        }
    }
}
