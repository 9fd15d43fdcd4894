using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>An elementwise activation whose derivative follows from A.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepFromOutput<T, TActivation> : IStepActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IActivation<T>, IDerivativeFromOutput<T>
{
    static bool IStepActivation<T>.NeedsZ => false;

    static void IStepActivation<T>.Lanes<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m) =>
        Elementwise<T, TActivation>.Lanes<TLayer, TOps, TVector>(ref x, ref w, ref b, ref z, ref a, m);

    static void IStepActivation<T>.Activate<TLayer, TOps, TVector>(ref T z, ref T a, int m) =>
        new RowMap<T, TLayer, ActivateOperation<T, TActivation>>(in z, in z, ref a, m).Run<TOps, TVector>();

    static void IStepActivation<T>.Derive<TLayer, TOps, TVector>(ref T z, ref T a, ref T gradient, int m)
    {
        // g' of the identity is one.
        if (typeof(TActivation) != typeof(Identity<T>))
        {
            new RowMap<T, TLayer, OutputDerivativeOperation<T, TActivation>>(in a, in gradient, ref gradient, m).Run<TOps, TVector>();
        }
    }

    static void IStepActivation<T>.PassDown<TLayer, TShape, TOps, TVector>(ref T above, ref T w, ref T z, ref T a, ref T dz, int m) =>
        StepProducts.PassDown<T, TShape, DerivativeEpilogue<T, TActivation>, TOps, TVector>(ref above, ref w, ref a, ref dz, m);

    static void IStepActivation<T>.Dot<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m) =>
        DotOutput<T, TLayer, TActivation>.Run<TOps, TVector>(ref x, ref w, ref b, ref z, ref a, m);

    static void IStepActivation<T>.PassDownDot<TLayer, TAbove, TEpilogue, TOps, TVector>(
        ref T above, ref T w, scoped StepRowsBelow<T> below, ref T dw, T scale, int m) =>
        DotBackward<T, TAbove, OutputDerivativeOperation<T, TActivation>, TEpilogue>.Run<TOps, TVector>(
            ref above, ref w, ref below.A, ref below.A, ref below.DZ, ref dw, scale, m);
}

/// <summary>An elementwise activation whose derivative follows from Z.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepFromInput<T, TActivation> : IStepActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IActivation<T>, IDerivativeFromInput<T>
{
    static bool IStepActivation<T>.NeedsZ => true;

    static void IStepActivation<T>.Lanes<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m) =>
        Elementwise<T, TActivation>.Lanes<TLayer, TOps, TVector>(ref x, ref w, ref b, ref z, ref a, m);

    static void IStepActivation<T>.Activate<TLayer, TOps, TVector>(ref T z, ref T a, int m) =>
        new RowMap<T, TLayer, ActivateOperation<T, TActivation>>(in z, in z, ref a, m).Run<TOps, TVector>();

    static void IStepActivation<T>.Derive<TLayer, TOps, TVector>(ref T z, ref T a, ref T gradient, int m) => Derive<TLayer, TOps, TVector>(ref z, ref gradient, m);

    static void IStepActivation<T>.PassDown<TLayer, TShape, TOps, TVector>(ref T above, ref T w, ref T z, ref T a, ref T dz, int m)
    {
        StepProducts.PassDown<T, TShape, TOps, TVector>(ref above, ref w, ref dz, m);
        Derive<TLayer, TOps, TVector>(ref z, ref dz, m);
    }

    static void IStepActivation<T>.Dot<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m) =>
        DotOutput<T, TLayer, TActivation>.Run<TOps, TVector>(ref x, ref w, ref b, ref z, ref a, m);

    static void IStepActivation<T>.PassDownDot<TLayer, TAbove, TEpilogue, TOps, TVector>(
        ref T above, ref T w, scoped StepRowsBelow<T> below, ref T dw, T scale, int m) =>
        DotBackward<T, TAbove, InputDerivativeOperation<T, TActivation>, TEpilogue>.Run<TOps, TVector>(
            ref above, ref w, ref below.A, ref below.Z, ref below.DZ, ref dw, scale, m);

    private static void Derive<TLayer, TOps, TVector>(ref T z, ref T gradient, int m)
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct =>
        new RowMap<T, TLayer, InputDerivativeOperation<T, TActivation>>(in z, in gradient, ref gradient, m).Run<TOps, TVector>();
}

/// <summary>An activation over whole rows, for the last layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepRows<T, TActivation> : IStepActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IRowActivation<T>
{
    static bool IStepActivation<T>.NeedsZ => false;

    static void IStepActivation<T>.Lanes<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
    {
        ref T logits = ref StepProducts.FirstOf(ref z, ref a);
        StepProducts.Lanes<T, TLayer, TOps, TVector>(ref x, ref w, ref b, ref logits, m);
        Activate<TLayer>(ref logits, ref a, m);
    }

    static void IStepActivation<T>.Activate<TLayer, TOps, TVector>(ref T z, ref T a, int m) => Activate<TLayer>(ref z, ref a, m);

    static void IStepActivation<T>.Derive<TLayer, TOps, TVector>(ref T z, ref T a, ref T gradient, int m) => Derive<TLayer>(ref a, ref gradient, m);

    static void IStepActivation<T>.PassDown<TLayer, TShape, TOps, TVector>(ref T above, ref T w, ref T z, ref T a, ref T dz, int m)
    {
        StepProducts.PassDown<T, TShape, TOps, TVector>(ref above, ref w, ref dz, m);
        Derive<TLayer>(ref a, ref dz, m);
    }

    static void IStepActivation<T>.Dot<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
    {
        ref T logits = ref StepProducts.FirstOf(ref z, ref a);
        DotOutput<T, TLayer, Identity<T>>.Run<TOps, TVector>(ref x, ref w, ref b, ref Unsafe.NullRef<T>(), ref logits, m);
        Activate<TLayer>(ref logits, ref a, m);
    }

    static void IStepActivation<T>.PassDownDot<TLayer, TAbove, TEpilogue, TOps, TVector>(
        ref T above, ref T w, scoped StepRowsBelow<T> below, ref T dw, T scale, int m)
    {
        DotBackward<T, TAbove, PassOperation<T>, TEpilogue>.Run<TOps, TVector>(
            ref above, ref w, ref below.A, ref below.A, ref below.DZ, ref dw, scale, m);
        Derive<TLayer>(ref below.A, ref below.DZ, m);
    }

    private static void Activate<TLayer>(ref T z, ref T a, int m)
        where TLayer : struct, IDenseLayer =>
        RowActivation.Run<T, TLayer, TActivation>(
            MemoryMarshal.CreateSpan(ref z, m * TLayer.RowStride), MemoryMarshal.CreateSpan(ref a, m * TLayer.RowStride), m);

    private static void Derive<TLayer>(ref T a, ref T gradient, int m)
        where TLayer : struct, IDenseLayer =>
        ActivationGradient.Rows<T, TLayer, TActivation>(
            MemoryMarshal.CreateSpan(ref a, m * TLayer.RowStride), MemoryMarshal.CreateSpan(ref gradient, m * TLayer.RowStride), m);
}

/// <summary>The forward product with an elementwise activation: fused where that is cheap, else one after the other on rows in the L1 cache.</summary>
internal static class Elementwise<T, TActivation>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : struct, IActivation<T>
{
    public static void Lanes<TLayer, TOps, TVector>(ref T x, ref T w, ref T b, ref T z, ref T a, int m)
        where TLayer : struct, IDenseLayer
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (m <= FewRowsStep<T, TLayer>.Most)
        {
            FewRowsStep<T, TLayer>.Run<TActivation, TOps, TVector>(ref x, ref w, ref b, ref z, ref a, m);
            return;
        }

        if (TActivation.IsCheap)
        {
            StepProducts.Forward<T, TLayer, ActivationEpilogue<T, TActivation>, TOps, TVector>(ref x, ref w, ref b, ref z, ref a, m);
            return;
        }

        ref T logits = ref StepProducts.FirstOf(ref z, ref a);
        StepProducts.Lanes<T, TLayer, TOps, TVector>(ref x, ref w, ref b, ref logits, m);
        new RowMap<T, TLayer, ActivateOperation<T, TActivation>>(in logits, in logits, ref a, m).Run<TOps, TVector>();
    }
}
