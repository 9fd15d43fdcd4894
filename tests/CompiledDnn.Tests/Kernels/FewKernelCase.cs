using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The kernels of few rows, terms or columns for one pair of widths in one precision.</summary>
internal interface IFewKernelCase
{
    void Check(int m);
}

/// <summary>Each kernel against plain loops in double, with the widest vectors that are switched on.</summary>
internal sealed class FewKernelCase<T, TInputs, TOutputs> : IFewKernelCase
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
{
    private const double Scale = -0.25;

    private readonly Random _random = new((100 * TInputs.Value) + TOutputs.Value);

    private static int Inputs => TInputs.Value;

    private static int Outputs => TOutputs.Value;

    private static double Unit => double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    public void Check(int m)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Check<Vector512Ops<T>, Vector512<T>>(m);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Check<Vector256Ops<T>, Vector256<T>>(m);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Check<Vector128Ops<T>, Vector128<T>>(m);
        }
        else
        {
            Check<ScalarOps<T>, T>(m);
        }
    }

    private static string Name<TOps, TVector>(string what, int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct => $"{what} of {Inputs} × {Outputs}, m = {m}, {TOps.Count} lanes";

    private void Check<TOps, TVector>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (m <= FewRowsProduct<T, Forward<LanesLayer<T, TInputs, TOutputs>>, BiasEpilogue<T>>.MostRows)
        {
            CheckForward<TOps, TVector, LanesLayer<T, TInputs, TOutputs>>(m);
        }

        if (m <= FewTermsProduct<T, GradientLanes<LanesLayer<T, TInputs, TOutputs>>, MeanEpilogue<T>>.MostTerms)
        {
            CheckGradient<TOps, TVector, LanesLayer<T, TInputs, TOutputs>>(m);
        }

        if (Outputs <= 4 * TOps.Count)
        {
            CheckBackward<TOps, TVector, LanesLayer<T, TInputs, TOutputs>>(m);
        }

        if (Outputs == 1)
        {
            CheckOneColumn<TOps, TVector, DotLayer<T, TInputs, TOutputs>>(m);
            CheckOneRow<TOps, TVector, DotLayer<T, TInputs, TOutputs>>(m);
        }
    }

    private void CheckForward<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> x = Rows(m, Inputs, TLayer.InputRowStride), w = Rows(Inputs, Outputs, TLayer.WeightStride);
        GuardedRows<T> b = Rows(1, Outputs, TLayer.RowStride), a = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        GuardedRows<T> z = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride), again = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        GuardedRows<T> broadcast = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        double[] logits = PlainLoops.Product(m, Outputs, Inputs, x.Dense(), Inputs, 1, w.Dense(), 1, Outputs);
        PlainLoops.AddRow(logits, b.Dense());

        // Sigmoid is not zero at zero: padding has to be masked.
        new FewRowsProduct<T, Forward<TLayer>, ActivationEpilogue<T, Sigmoid<T>>>(
            in x.Span[0], in w.Span[0], in b.Span[0], ref z.Span[0], ref a.Span[0], m, Inputs).Run<TOps, TVector>();
        new FewRowsProduct<T, Forward<TLayer>, BiasEpilogue<T>>(
            in x.Span[0], in w.Span[0], in b.Span[0], ref Unsafe.NullRef<T>(), ref again.Span[0], m, Inputs).Run<TOps, TVector>();
        new BroadcastProduct<T, Forward<TLayer>, BiasEpilogue<T>>(
            in x.Span[0], in w.Span[0], in b.Span[0], ref Unsafe.NullRef<T>(), ref broadcast.Span[0], T.One, m).Run<TOps, TVector>();

        z.AssertEquals(Name<TOps, TVector>("Z", m), logits, Unit * (Inputs + 2));
        a.AssertEquals(Name<TOps, TVector>("A", m), [.. logits.Select(logit => 1 / (1 + Math.Exp(-logit)))], Unit * (Inputs + 2));
        again.AssertSameBits(Name<TOps, TVector>("Z by itself", m), z);
        broadcast.AssertSameBits(Name<TOps, TVector>("Z of tiles", m), z);
    }

    private void CheckGradient<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> x = Rows(m, Inputs, TLayer.InputRowStride), dz = Rows(m, Outputs, TLayer.RowStride);
        GuardedRows<T> w = Rows(Inputs, Outputs, TLayer.WeightStride), dw = GuardedRows<T>.Unwritten(Inputs, Outputs, TLayer.WeightStride);
        double[] sums = PlainLoops.Product(Inputs, Outputs, m, x.Dense(), 1, Inputs, dz.Dense(), 1, Outputs);
        double[] newWeights = Descended(w.Dense(), sums);

        new FewTermsProduct<T, GradientLanes<TLayer>, DescendEpilogue<T>>(
            in x.Span[0], in dz.Span[0], ref w.Span[0], T.CreateChecked(Scale), m, Inputs).Run<TOps, TVector>();
        new FewTermsProduct<T, GradientLanes<TLayer>, MeanEpilogue<T>>(
            in x.Span[0], in dz.Span[0], ref dw.Span[0], T.One / T.CreateChecked(m), m, Inputs).Run<TOps, TVector>();

        w.AssertEquals(Name<TOps, TVector>("W", m), newWeights, Unit * (m + 2));
        dw.AssertEquals(Name<TOps, TVector>("DW", m), [.. sums.Select(sum => sum / m)], Unit * (m + 2));
    }

    private void CheckBackward<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> dz = Rows(m, Outputs, TLayer.RowStride), w = Rows(Inputs, Outputs, TLayer.WeightStride);
        GuardedRows<T> da = GuardedRows<T>.Unwritten(m, Inputs, TLayer.InputGradientRowStride);
        GuardedRows<T> sums = GuardedRows<T>.Unwritten(m, Inputs, TLayer.InputGradientRowStride);

        new FoldedProduct<T, Backward<TLayer>>(in dz.Span[0], in w.Span[0], ref da.Span[0], m).Run<TOps, TVector>();
        new DotProduct<T, Backward<TLayer>>(in dz.Span[0], in w.Span[0], in Unsafe.NullRef<T>(), ref sums.Span[0], m).Run<TOps, TVector>();

        double[] expected = PlainLoops.Product(m, Inputs, Outputs, dz.Dense(), Outputs, 1, w.Dense(), Outputs, 1);
        da.AssertEquals(Name<TOps, TVector>("DA", m), expected, Unit * (Outputs + 2));
        sums.AssertSameBits(Name<TOps, TVector>("DA of dot products", m), da);
    }

    private void CheckOneColumn<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> x = Rows(m, Inputs, TLayer.InputRowStride), w = Rows(1, Inputs, TLayer.WeightStride), b = Rows(1, 1, 1);
        GuardedRows<T> z = GuardedRows<T>.Unwritten(m, 1, TLayer.RowStride), last = GuardedRows<T>.Unwritten(1, 1, TLayer.RowStride);
        double[] expected = PlainLoops.Product(m, 1, Inputs, x.Dense(), Inputs, 1, w.Dense(), 1, 1);
        PlainLoops.AddRow(expected, b.Dense());

        new OneColumnProduct<T, Forward<TLayer>>(in x.Span[0], in w.Span[0], in b.Span[0], ref z.Span[0], m).Run<TOps, TVector>();
        new OneColumnProduct<T, Forward<TLayer>>(
            in x.Span[(m - 1) * TLayer.InputRowStride], in w.Span[0], in b.Span[0], ref last.Span[0], 1).Run<TOps, TVector>();

        z.AssertEquals(Name<TOps, TVector>("Z", m), expected, Unit * (Inputs + 2));

        // A share of one row has the bits of the batch.
        Assert.Equal(z[m - 1, 0], last[0, 0]);
    }

    private void CheckOneRow<TOps, TVector, TLayer>(int m)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> x = Rows(m, Inputs, TLayer.InputRowStride), dz = Rows(m, 1, TLayer.RowStride), w = Rows(1, Inputs, TLayer.WeightStride);
        double[] newWeights = Descended(w.Dense(), PlainLoops.Product(1, Inputs, m, dz.Dense(), 1, 1, x.Dense(), 1, Inputs));

        new OneRowProduct<T, GradientDot<TLayer>, DescendEpilogue<T>>(
            in dz.Span[0], in x.Span[0], ref w.Span[0], T.CreateChecked(Scale), m, (0, Inputs)).Run<TOps, TVector>();

        w.AssertEquals(Name<TOps, TVector>("W", m), newWeights, Unit * (m + 2));
    }

    private static double[] Descended(double[] weights, double[] gradients) =>
        [.. weights.Zip(gradients, (weight, gradient) => weight + (Scale * gradient))];

    private GuardedRows<T> Rows(int rows, int columns, int stride) => GuardedRows<T>.Random(_random, rows, columns, stride);
}
