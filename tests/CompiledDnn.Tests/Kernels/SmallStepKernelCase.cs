using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The kernels of a small network's step for one pair of widths in one precision.</summary>
internal interface ISmallStepKernelCase
{
    void CheckProducts(int m);

    void CheckDot(int m);

    void CheckLoss(int m);
}

/// <summary>Products, a single output and losses against plain loops in double.</summary>
internal sealed class SmallStepKernelCase<T, TInputs, TOutputs> : ISmallStepKernelCase
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
{
    private const double Scale = -0.25;

    private readonly Random _random = new((100 * TInputs.Value) + TOutputs.Value);

    private static int Inputs => TInputs.Value;

    private static int Outputs => TOutputs.Value;

    private static double Unit => double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    public void CheckProducts(int m)
    {
        CheckProducts<Vector512Ops<T>, Vector512<T>>(m);
        CheckProducts<Vector256Ops<T>, Vector256<T>>(m);
        CheckProducts<Vector128Ops<T>, Vector128<T>>(m);
        CheckProducts<ScalarOps<T>, T>(m);
    }

    public void CheckDot(int m)
    {
        CheckDot<Vector512Ops<T>, Vector512<T>>(m);
        CheckDot<Vector256Ops<T>, Vector256<T>>(m);
        CheckDot<Vector128Ops<T>, Vector128<T>>(m);
        CheckDot<ScalarOps<T>, T>(m);
    }

    public void CheckLoss(int m)
    {
        CheckLoss<LanesLayer<T, TInputs, TOutputs>>(m);
        CheckLoss<DotLayer<T, TInputs, TOutputs>>(m);
    }

    private void CheckProducts<TOps, TVector>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        // More columns are left to a kernel that has tests of its own.
        if (Outputs <= 2 * TOps.Count)
        {
            CheckForward<TOps, TVector, LanesLayer<T, TInputs, TOutputs>>(m);
            CheckGradient<TOps, TVector, LanesLayer<T, TInputs, TOutputs>>(m);
        }

        if (Inputs <= 2 * TOps.Count)
        {
            CheckBackward<TOps, TVector, LanesLayer<T, TInputs, TOutputs>>(m);
        }
    }

    private void CheckForward<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> x = Rows(m, Inputs, TLayer.InputRowStride), w = Rows(Inputs, Outputs, TLayer.WeightStride);
        GuardedRows<T> b = Rows(1, Outputs, TLayer.RowStride), a = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);

        SmallProduct<T, Forward<TLayer>, ActivationEpilogue<T, ReLU<T>>>.Run<TOps, TVector>(
            ref x.Span[0], ref w.Span[0], ref b.Span[0], ref a.Span[0], T.One, m);

        double[] z = PlainLoops.Product(m, Outputs, Inputs, x.Dense(), Inputs, 1, w.Dense(), 1, Outputs);
        PlainLoops.AddRow(z, b.Dense());
        a.AssertEquals(Name<TOps, TVector>("A", m), [.. z.Select(value => Math.Max(0, value))], Unit * (Inputs + 2));

        // An activation that makes something of the zeros in the padding; one number of inputs is enough.
        if (typeof(TInputs) == typeof(Sizes.N9))
        {
            SmallProduct<T, Forward<TLayer>, ActivationEpilogue<T, Sigmoid<T>>>.Run<TOps, TVector>(
                ref x.Span[0], ref w.Span[0], ref b.Span[0], ref a.Span[0], T.One, m);
            a.AssertEquals(Name<TOps, TVector>("A of sigmoid", m), [.. z.Select(value => 1 / (1 + Math.Exp(-value)))], Unit * (Inputs + 4));
        }
    }

    private void CheckGradient<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> x = Rows(m, Inputs, TLayer.InputRowStride), dz = Rows(m, Outputs, TLayer.RowStride);
        GuardedRows<T> w = Rows(Inputs, Outputs, TLayer.WeightStride);
        double[] dw = PlainLoops.Product(Inputs, Outputs, m, x.Dense(), 1, Inputs, dz.Dense(), 1, Outputs);
        double[] newWeights = Descended(w.Dense(), dw);

        SmallProduct<T, GradientLanes<TLayer>, DescendEpilogue<T>>.Run<TOps, TVector>(
            ref x.Span[0], ref dz.Span[0], ref Unsafe.NullRef<T>(), ref w.Span[0], T.CreateChecked(Scale), m);

        w.AssertEquals(Name<TOps, TVector>("W", m), newWeights, Unit * (m + 2));
    }

    private void CheckBackward<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> dz = Rows(m, Outputs, TLayer.RowStride), w = Rows(Outputs, Inputs, TLayer.InputGradientRowStride);
        GuardedRows<T> a = Rows(m, Inputs, TLayer.InputGradientRowStride);
        GuardedRows<T> below = GuardedRows<T>.Unwritten(m, Inputs, TLayer.InputGradientRowStride);

        SmallProduct<T, BackwardTransposed<TLayer>, DerivativeEpilogue<T, Tanh<T>>>.Run<TOps, TVector>(
            ref dz.Span[0], ref w.Span[0], ref a.Span[0], ref below.Span[0], T.One, m);

        double[] da = PlainLoops.Product(m, Inputs, Outputs, dz.Dense(), Outputs, 1, w.Dense(), 1, Inputs);
        double[] expected = [.. da.Zip(a.Dense(), (gradient, output) => gradient * (1 - (output * output)))];
        below.AssertEquals(Name<TOps, TVector>("DZ below", m), expected, Unit * (Outputs + 2));
    }

    private void CheckDot<TOps, TVector>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int stride = DotLayer<T, TInputs, Sizes.N1>.InputRowStride, length = DotLayer<T, TInputs, Sizes.N1>.WeightStride;
        GuardedRows<T> x = Rows(m, Inputs, stride), w = Rows(1, Inputs, length), b = Rows(1, 1, 1);
        GuardedRows<T> z = GuardedRows<T>.Unwritten(m, 1, 1), a = GuardedRows<T>.Unwritten(m, 1, 1), again = GuardedRows<T>.Unwritten(m, 1, 1);
        DotOutput<T, DotLayer<T, TInputs, Sizes.N1>, Sigmoid<T>>.Run<TOps, TVector>(
            ref x.Span[0], ref w.Span[0], ref b.Span[0], ref z.Span[0], ref a.Span[0], m);
        DotOutput<T, DotLayer<T, TInputs, Sizes.N1>, Sigmoid<T>>.Run<TOps, TVector>(
            ref x.Span[0], ref w.Span[0], ref b.Span[0], ref Unsafe.NullRef<T>(), ref again.Span[0], m);
        double[] logits = PlainLoops.Product(m, 1, Inputs, x.Dense(), Inputs, 1, w.Dense(), 1, 1);
        PlainLoops.AddRow(logits, b.Dense());
        z.AssertEquals(Name<TOps, TVector>("Z", m), logits, Unit * (Inputs + 2));
        a.AssertEquals(Name<TOps, TVector>("A", m), [.. logits.Select(logit => 1 / (1 + Math.Exp(-logit)))], Unit * (Inputs + 2));
        again.AssertSameBits(Name<TOps, TVector>("A without Z", m), a);
        CheckDotLoss<TOps, TVector>(x, w, b, z, a, m);

        GuardedRows<T> dz = Rows(m, 1, 1), below = GuardedRows<T>.Unwritten(m, Inputs, stride);
        double[] outputs = x.Dense(), weights = w.Dense(), gradients = dz.Dense();
        double[] newWeights = Descended(weights, PlainLoops.Product(1, Inputs, m, gradients, 1, 1, outputs, 1, Inputs));
        DotBackward<T, DotLayer<T, TInputs, Sizes.N1>, OutputDerivativeOperation<T, Tanh<T>>, DescendEpilogue<T>>.Run<TOps, TVector>(
            ref dz.Span[0], ref w.Span[0], ref x.Span[0], ref x.Span[0], ref below.Span[0], ref w.Span[0], T.CreateChecked(Scale), m);
        double[] expected = [.. outputs.Select((output, i) => gradients[i / Inputs] * weights[i % Inputs] * (1 - (output * output)))];
        below.AssertEquals(Name<TOps, TVector>("DZ below", m), expected, Unit * 4);
        w.AssertEquals(Name<TOps, TVector>("W", m), newWeights, Unit * (m + 2));
    }

    // With its loss from a logit in its register: the bits of both one after the other.
    private void CheckDotLoss<TOps, TVector>(GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, GuardedRows<T> z, GuardedRows<T> a, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        GuardedRows<T> y = Rows(m, 1, 1), dz = GuardedRows<T>.Unwritten(m, 1, 1);
        double expected = 0;
        LossStep<
            T, DotLayer<T, TInputs, Sizes.N1>, FusedLossValue<T, Sigmoid<T>, BinaryCrossEntropy<T>>, FusedLossDerivative<T, Sigmoid<T>, BinaryCrossEntropy<T>>>
            .Run<TOps, TVector>(z.Span, a.Span, y.Span, dz.Span, ref expected, m);

        foreach (bool keepsZ in (bool[])[true, false])
        {
            GuardedRows<T> logits = GuardedRows<T>.Unwritten(m, 1, 1), outputs = GuardedRows<T>.Unwritten(m, 1, 1), gradient = GuardedRows<T>.Unwritten(m, 1, 1);
            double loss = 0;
            var tile = new StepTile<T, T>
            {
                Z = ref keepsZ ? ref logits.Span[0] : ref Unsafe.NullRef<T>(),
                A = ref outputs.Span[0],
                DZ = ref gradient.Span[0],
                Targets = y.Span,
                Loss = ref loss,
                Rows = m,
            };
            Assert.True(DotLoss<T, T, DotLayer<T, TInputs, Sizes.N1>, StepFusedElementwise<T, Sigmoid<T>, BinaryCrossEntropy<T>>>.TryRun<TOps, TVector>(
                in tile, ref x.Span[0], ref w.Span[0], ref b.Span[0]));
            Assert.Equal(expected, loss);
            outputs.AssertSameBits(Name<TOps, TVector>("A with its loss", m), a);
            gradient.AssertSameBits(Name<TOps, TVector>("DZ with its loss", m), dz);
            if (keepsZ)
            {
                logits.AssertSameBits(Name<TOps, TVector>("Z with its loss", m), z);
            }

            Assert.False(DotLoss<T, T, DotLayer<T, TInputs, Sizes.N1>, StepElementwise<T, MeanSquaredError<T>>>.TryRun<TOps, TVector>(
                in tile, ref x.Span[0], ref w.Span[0], ref b.Span[0]));
        }
    }

    private void CheckLoss<TLayer>(int m)
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> z = Rows(m, Outputs, TLayer.RowStride), a = Rows(m, Outputs, TLayer.RowStride), y = Rows(m, Outputs, Outputs);
        GuardedRows<T> expected = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        LossGradient.FusedElementwise<T, TLayer, Sigmoid<T>, BinaryCrossEntropy<T>>(z.Span, a.Span, y.Span, expected.Span, m);
        GuardedRows<T> actual = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        double sum = LossStep<
            T, TLayer, FusedLossValue<T, Sigmoid<T>, BinaryCrossEntropy<T>>, FusedLossDerivative<T, Sigmoid<T>, BinaryCrossEntropy<T>>>.Run(
            z.Span, a.Span, y.Span, actual.Span, m);
        Assert.Equal(LossSum.FusedElementwise<T, TLayer, Sigmoid<T>, BinaryCrossEntropy<T>>(z.Span, y.Span, m), sum);
        actual.AssertSameBits($"DZ of cross-entropy, {Outputs}, m = {m}", expected);

        LossGradient.Elementwise<T, TLayer, MeanSquaredError<T>>(a.Span, y.Span, expected.Span, m);
        sum = LossStep<T, TLayer, LossValue<T, MeanSquaredError<T>>, LossDerivative<T, MeanSquaredError<T>>>.Run(
            a.Span, a.Span, y.Span, actual.Span, m);
        Assert.Equal(LossSum.Elementwise<T, TLayer, MeanSquaredError<T>>(a.Span, y.Span, m), sum);
        actual.AssertSameBits($"DA of the squared error, {Outputs}, m = {m}", expected);
    }

    private static double[] Descended(double[] weights, double[] gradients) =>
        [.. weights.Zip(gradients, (weight, gradient) => weight + (Scale * gradient))];

    private static string Name<TOps, TVector>(string what, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => $"{what} of {Inputs} × {Outputs}, m = {m}, {TOps.Count} lanes";

    private GuardedRows<T> Rows(int rows, int columns, int stride) => GuardedRows<T>.Random(_random, rows, columns, stride);
}
