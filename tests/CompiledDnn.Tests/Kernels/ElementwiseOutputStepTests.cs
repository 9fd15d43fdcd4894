using System.Numerics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The last layer's part of a step with elementwise losses: the bits of one pass after the other.</summary>
public class ElementwiseOutputStepTests
{
    // A loss of one's own, which shares nothing and is a mean over outputs: of 7 or 33 by a division, of 16 by a product.
    private readonly struct MeanEntropy<T> : IElementwiseLoss<T>, IFusedLoss<T, Sigmoid<T>>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool AveragesOutputs => true;

        public static TVector Value<TOps, TVector>(TVector a, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => BinaryCrossEntropy<T>.Value<TOps, TVector>(a, y);

        public static TVector Derivative<TOps, TVector>(TVector a, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => BinaryCrossEntropy<T>.Derivative<TOps, TVector>(a, y);

        public static TVector ValueFromLogits<TOps, TVector>(TVector z, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => BinaryCrossEntropy<T>.ValueFromLogits<TOps, TVector>(z, y);

        public static TVector DerivativeFromLogits<TOps, TVector>(TVector z, TVector a, TVector y)
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct => BinaryCrossEntropy<T>.DerivativeFromLogits<TOps, TVector>(z, a, y);
    }

    [Fact]
    public void Float_with_every_width() => CheckAll<float>();

    [Fact]
    public void Double_with_every_width() => CheckAll<double>();

    private static void CheckAll<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T, DotLayer<T, Sizes.N2, Sizes.N1>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N2>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N3>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N7>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N8>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N15>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N16>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N17>>();
        Check<T, LanesLayer<T, Sizes.N2, Sizes.N33>>();
        Check<T, DotLayer<T, Sizes.N2, Sizes.N65>>();
    }

    private static void Check<T, TLayer>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        foreach (int m in (int[])[1, 2, 3, 15, 16, 17, 33, 70])
        {
            CheckFused<T, TLayer, BinaryCrossEntropy<T>>(m);
            CheckFused<T, TLayer, MeanEntropy<T>>(m);
            CheckPlain<T, TLayer, MeanSquaredError<T>>(m);
            CheckPlain<T, TLayer, MeanAbsoluteError<T>>(m);
        }
    }

    private static void CheckFused<T, TLayer, TLoss>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T>, IFusedLoss<T, Sigmoid<T>>
    {
        GuardedRows<T> z = Rows<T, TLayer>(m, 1), y = Targets<T, TLayer>(m);
        GuardedRows<T> expectedA = Unwritten<T, TLayer>(m), expectedDZ = Unwritten<T, TLayer>(m), expectedLosses = GuardedRows<T>.Unwritten(m, 1, 1);
        VectorDispatch.Run<T, RowMap<T, TLayer, ActivateOperation<T, Sigmoid<T>>>>(new(in z.Span[0], in z.Span[0], ref expectedA.Span[0], m));
        LossGradient.FusedElementwise<T, TLayer, Sigmoid<T>, TLoss>(z.Span, expectedA.Span, y.Span, expectedDZ.Span, m);
        ExampleLosses.Elementwise<T, TLayer, FusedLossValue<T, Sigmoid<T>, TLoss>>(z.Span, y.Span, expectedLosses.Span);

        GuardedRows<T> a = Unwritten<T, TLayer>(m), dz = Unwritten<T, TLayer>(m), losses = GuardedRows<T>.Unwritten(m, 1, 1);
        OutputStep.FusedElementwise<T, TLayer, Sigmoid<T>, TLoss>(z.Span, a.Span, y.Span, dz.Span, losses.Span, m);

        a.AssertSameBits(Name<TLayer, TLoss>("A", m), expectedA);
        dz.AssertSameBits(Name<TLayer, TLoss>("DZ", m), expectedDZ);
        losses.AssertSameBits(Name<TLayer, TLoss>("losses", m), expectedLosses);
        T cost = OutputStep.Cost<T, TLayer, TLoss>(losses.Span);
        AssertCost<T, TLayer, TLoss>(LossSum.FusedElementwise<T, TLayer, Sigmoid<T>, TLoss>(z.Span, y.Span, m) / m, cost);
        Assert.Equal(cost, LossCost.FusedElementwise<T, TLayer, Sigmoid<T>, TLoss>(z.Span, y.Span, expectedLosses.Span));
    }

    private static void CheckPlain<T, TLayer, TLoss>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, IElementwiseLoss<T>
    {
        GuardedRows<T> a = Rows<T, TLayer>(m, 2), y = Targets<T, TLayer>(m);
        GuardedRows<T> expectedDA = Unwritten<T, TLayer>(m), expectedLosses = GuardedRows<T>.Unwritten(m, 1, 1);
        LossGradient.Elementwise<T, TLayer, TLoss>(a.Span, y.Span, expectedDA.Span, m);
        ExampleLosses.Elementwise<T, TLayer, LossValue<T, TLoss>>(a.Span, y.Span, expectedLosses.Span);

        GuardedRows<T> da = Unwritten<T, TLayer>(m), losses = GuardedRows<T>.Unwritten(m, 1, 1);
        OutputStep.Elementwise<T, TLayer, TLoss>(a.Span, y.Span, da.Span, losses.Span, m);

        da.AssertSameBits(Name<TLayer, TLoss>("DA", m), expectedDA);
        losses.AssertSameBits(Name<TLayer, TLoss>("losses", m), expectedLosses);
        T cost = OutputStep.Cost<T, TLayer, TLoss>(losses.Span);
        AssertCost<T, TLayer, TLoss>(LossSum.Elementwise<T, TLayer, TLoss>(a.Span, y.Span, m) / m, cost);
        Assert.Equal(cost, LossCost.Elementwise<T, TLayer, TLoss>(a.Span, y.Span, expectedLosses.Span));
    }

    // Lanes are added up in another order.
    private static void AssertCost<T, TLayer, TLoss>(double expected, T actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
        where TLoss : struct, ILoss<T>
    {
        double unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        Assert.Equal(expected, double.CreateTruncating(actual), expected * unit * 8);
    }

    [Fact]
    public void Nothing_behind_the_targets_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pages are protected with Linux's own calls.");
        ReadToTheEnd<float>();
        ReadToTheEnd<double>();
    }

    private static void ReadToTheEnd<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var page = new LastPage(16 * 1024);
        for (int m = 1; m <= 17; m++)
        {
            ReadToTheEnd<T, DotLayer<T, Sizes.N2, Sizes.N1>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N2>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N3>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N7>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N9>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N15>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N16>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N17>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N31>>(page, m);
            ReadToTheEnd<T, LanesLayer<T, Sizes.N2, Sizes.N65>>(page, m);
        }
    }

    private static void ReadToTheEnd<T, TLayer>(LastPage page, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> rows = Rows<T, TLayer>(m, 4), targets = Targets<T, TLayer>(m);
        Span<T> y = page.End<T>(targets.Span.Length);
        targets.Span.CopyTo(y);
        T[] a = new T[rows.Span.Length], gradient = new T[a.Length], losses = new T[m], expected = new T[m];

        OutputStep.FusedElementwise<T, TLayer, Sigmoid<T>, BinaryCrossEntropy<T>>(rows.Span, a, targets.Span, gradient, expected, m);
        OutputStep.FusedElementwise<T, TLayer, Sigmoid<T>, BinaryCrossEntropy<T>>(rows.Span, a, y, gradient, losses, m);
        Assert.Equal(expected, losses);

        OutputStep.Elementwise<T, TLayer, MeanSquaredError<T>>(rows.Span, targets.Span, gradient, expected, m);
        OutputStep.Elementwise<T, TLayer, MeanSquaredError<T>>(rows.Span, y, gradient, losses, m);
        Assert.Equal(expected, losses);
    }

    [Fact]
    public void Memory_that_is_too_short_is_refused()
    {
        float[] rows = new float[2 * 16], y = new float[2 * 7], losses = new float[2];

        AssertRefused("rows", () => Step(rows.AsSpan(1), rows, y, rows, losses));
        AssertRefused("a", () => Step(rows, rows.AsSpan(1), y, rows, losses));
        AssertRefused("y", () => Step(rows, rows, y.AsSpan(1), rows, losses));
        AssertRefused("gradient", () => Step(rows, rows, y, rows.AsSpan(1), losses));
        AssertRefused("losses", () => Step(rows, rows, y, rows, losses.AsSpan(1)));
        AssertRefused("weights", () => WeightedCost.Elementwise<float, LanesLayer<float, Sizes.N2, Sizes.N7>, MeanSquaredError<float>>(rows, y, losses.AsSpan(1), losses));
        AssertRefused("weights", () => WeightedCost.FusedElementwise<float, LanesLayer<float, Sizes.N2, Sizes.N7>, Sigmoid<float>, BinaryCrossEntropy<float>>(
            rows, y, losses.AsSpan(1), losses));
        AssertRefused("losses", () => OutputStep.Elementwise<float, LanesLayer<float, Sizes.N2, Sizes.N7>, MeanSquaredError<float>>(rows, y, rows, losses, 3));
    }

    private static void Step(Span<float> z, Span<float> a, Span<float> y, Span<float> dz, Span<float> losses) =>
        OutputStep.FusedElementwise<float, LanesLayer<float, Sizes.N2, Sizes.N7>, Sigmoid<float>, BinaryCrossEntropy<float>>(z, a, y, dz, losses, 2);

    private static void AssertRefused(string name, Action step) => Assert.Equal(name, Assert.Throws<ArgumentException>(step).ParamName);

    private static GuardedRows<T> Rows<T, TLayer>(int m, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer => GuardedRows<T>.Random(new Random(seed), m, TLayer.Outputs, TLayer.RowStride);

    // Behind the last of them comes what would make a NaN of the sum.
    private static GuardedRows<T> Targets<T, TLayer>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer => GuardedRows<T>.Random(new Random(3), m, TLayer.Outputs, TLayer.Outputs);

    private static GuardedRows<T> Unwritten<T, TLayer>(int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLayer : struct, IDenseLayer => GuardedRows<T>.Unwritten(m, TLayer.Outputs, TLayer.RowStride);

    private static string Name<TLayer, TLoss>(string what, int m)
        where TLayer : struct, IDenseLayer => $"{what} of {typeof(TLoss).Name}, {TLayer.Outputs} outputs, m = {m}";
}
