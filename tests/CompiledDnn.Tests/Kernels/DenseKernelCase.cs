using System.Numerics;
using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Kernels;

/// <summary>One pair of sizes in one precision, for any batch size.</summary>
internal interface IDenseKernelCase
{
    void CheckLanes(int m);

    void CheckDot(int m);
}

/// <summary>The products of a layer against plain loops in double.</summary>
internal sealed class DenseKernelCase<T, TInputs, TOutputs> : IDenseKernelCase
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
{
    private const int Shares = 3;

    private readonly Random _random = new((TInputs.Value * 1000) + TOutputs.Value);

    private delegate void ForwardKernel(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, Span<T> a, int m);

    private delegate void GradientKernel(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int m, Share share);

    private delegate void DescentKernel(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> w, Span<T> b, T learningRate, int m, Share share);

    private delegate void BackwardKernel(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, Span<T> da, int m);

    private delegate void DerivativeKernel(ReadOnlySpan<T> w, ReadOnlySpan<T> dz, ReadOnlySpan<T> a, Span<T> dzBelow, int m);

    private static int Inputs => TInputs.Value;

    private static int Outputs => TOutputs.Value;

    // A unit in the last place of one.
    private static double Unit => double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    public void CheckLanes(int m)
    {
        GuardedRows<T> w = GuardedRows<T>.Random(_random, Inputs, Outputs, LanesLayer<T, TInputs, TOutputs>.WeightStride);
        Check<LanesLayer<T, TInputs, TOutputs>>(
            m,
            w,
            isLanes: true,
            DenseForward.Lanes<T, LanesLayer<T, TInputs, TOutputs>, Sigmoid<T>>,
            DenseForward.LanesRow<T, LanesLayer<T, TInputs, TOutputs>, Softmax<T>>,
            DenseGradient.Lanes<T, LanesLayer<T, TInputs, TOutputs>>,
            DenseGradient.DescendLanes<T, LanesLayer<T, TInputs, TOutputs>>,
            static (w, dz, da, m) => DenseBackward.Lanes<T, LanesLayer<T, TInputs, TOutputs>>(w, dz, da, m, m));
        CheckDerivative<LanesLayer<T, TInputs, TOutputs>>(
            m,
            w,
            isLanes: true,
            static (w, dz, a, dzBelow, m) => DenseBackward.Lanes<T, LanesLayer<T, TInputs, TOutputs>, LanesLayer<T, Sizes.N1, TInputs>, Tanh<T>>(
                w, dz, a, dzBelow, m, m),
            static a => 1 - (a * a));
        CheckDerivative<LanesLayer<T, TInputs, TOutputs>>(
            m,
            w,
            isLanes: true,
            static (w, dz, a, dzBelow, m) => DenseBackward.Lanes<T, LanesLayer<T, TInputs, TOutputs>, LanesLayer<T, Sizes.N1, TInputs>, Softplus<T>>(
                w, dz, a, dzBelow, m, m),
            static a => 1 - Math.Exp(-a));
    }

    public void CheckDot(int m)
    {
        GuardedRows<T> w = GuardedRows<T>.Random(_random, Outputs, Inputs, DotLayer<T, TInputs, TOutputs>.WeightStride);
        Check<DotLayer<T, TInputs, TOutputs>>(
            m,
            w,
            isLanes: false,
            DenseForward.Dot<T, DotLayer<T, TInputs, TOutputs>, Sigmoid<T>>,
            DenseForward.DotRow<T, DotLayer<T, TInputs, TOutputs>, Softmax<T>>,
            DenseGradient.Dot<T, DotLayer<T, TInputs, TOutputs>>,
            DenseGradient.DescendDot<T, DotLayer<T, TInputs, TOutputs>>,
            DenseBackward.Dot<T, DotLayer<T, TInputs, TOutputs>>);
        CheckDerivative<DotLayer<T, TInputs, TOutputs>>(
            m, w, isLanes: false, DenseBackward.Dot<T, DotLayer<T, TInputs, TOutputs>, Tanh<T>>, static a => 1 - (a * a));
    }

    private void Check<TLayer>(
        int m,
        GuardedRows<T> w,
        bool isLanes,
        ForwardKernel forward,
        ForwardKernel forwardRow,
        GradientKernel gradient,
        DescentKernel descent,
        BackwardKernel backward)
        where TLayer : struct, IDenseLayer
    {
        string what = $"{(isLanes ? "Lanes" : "Dot")} {Inputs} → {Outputs}, m = {m}, {typeof(T).Name}:";
        GuardedRows<T> x = GuardedRows<T>.Random(_random, m, Inputs, TLayer.InputRowStride);
        GuardedRows<T> b = GuardedRows<T>.Random(_random, 1, Outputs, Lines.RoundUp<T>(Outputs));
        GuardedRows<T> dz = GuardedRows<T>.Random(_random, m, Outputs, TLayer.RowStride);

        // The weight from input i to output o.
        double[] weights = w.Dense();
        (int ofInput, int ofOutput) = isLanes ? (Outputs, 1) : (1, Inputs);

        double[] z = PlainLoops.Product(m, Outputs, Inputs, x.Dense(), Inputs, 1, weights, ofOutput, ofInput);
        PlainLoops.AddRow(z, b.Dense());
        CheckForward<TLayer>(what, x, w, b, z, forward, isRow: false);
        if (Inputs <= 5)
        {
            // The same product, and then rows that know nothing of the inputs.
            CheckForward<TLayer>(what, x, w, b, z, forwardRow, isRow: true);
        }

        GuardedRows<T> dw = GuardedRows<T>.Unwritten(w.Count, weights.Length / w.Count, TLayer.WeightStride);
        GuardedRows<T> db = GuardedRows<T>.Unwritten(1, Outputs, Lines.RoundUp<T>(Outputs));
        gradient(x.Span, dz.Span, dw.Span, db.Span, m, Share.Whole);
        double[] products = isLanes
            ? PlainLoops.Product(Inputs, Outputs, m, x.Dense(), 1, Inputs, dz.Dense(), 1, Outputs)
            : PlainLoops.Product(Outputs, Inputs, m, dz.Dense(), 1, Outputs, x.Dense(), 1, Inputs);
        dw.AssertEquals($"{what} DW", [.. products.Select(sum => sum / m)], Tolerance(m) / m);
        db.AssertEquals($"{what} DB", [.. PlainLoops.Columns(dz.Dense(), Outputs).Select(sum => sum / m)], Tolerance(m) / m);

        GuardedRows<T> sharedDW = GuardedRows<T>.Unwritten(w.Count, weights.Length / w.Count, TLayer.WeightStride);
        GuardedRows<T> sharedDB = GuardedRows<T>.Unwritten(1, Outputs, Lines.RoundUp<T>(Outputs));
        for (int share = 0; share < Shares; share++)
        {
            gradient(x.Span, dz.Span, sharedDW.Span, sharedDB.Span, m, new Share(share, Shares));
        }

        sharedDW.AssertSameBits($"{what} DW in shares", dw);
        sharedDB.AssertSameBits($"{what} DB in shares", db);

        double[] down = PlainLoops.Product(m, Inputs, Outputs, dz.Dense(), Outputs, 1, weights, ofInput, ofOutput);
        GuardedRows<T> da = GuardedRows<T>.Unwritten(m, Inputs, TLayer.InputGradientRowStride);
        backward(w.Span, dz.Span, da.Span, m);
        da.AssertEquals($"{what} DA", down, Tolerance(Outputs));

        // Last, because it changes the weights.
        double[] biases = b.Dense();
        for (int share = 0; share < Shares; share++)
        {
            descent(x.Span, dz.Span, w.Span, b.Span, T.CreateTruncating(0.5), m, new Share(share, Shares));
        }

        w.AssertEquals($"{what} W after a step", [.. weights.Zip(products, (weight, sum) => weight - (0.5 * sum / m))], (Tolerance(m) / m) + (2 * Unit));
        b.AssertEquals(
            $"{what} b after a step",
            [.. biases.Zip(PlainLoops.Columns(dz.Dense(), Outputs), (bias, sum) => bias - (0.5 * sum / m))],
            (Tolerance(m) / m) + (2 * Unit));
    }

    // DZ of the layer below: the same product times a derivative, 1 − a² for tanh.
    private void CheckDerivative<TLayer>(int m, GuardedRows<T> w, bool isLanes, DerivativeKernel kernel, Func<double, double> derivative)
        where TLayer : struct, IDenseLayer
    {
        GuardedRows<T> dz = GuardedRows<T>.Random(_random, m, Outputs, TLayer.RowStride);
        GuardedRows<T> a = GuardedRows<T>.Random(_random, m, Inputs, TLayer.InputGradientRowStride);
        foreach (ref T output in a.Span)
        {
            // A softplus has no others.
            output = T.Abs(output);
        }

        GuardedRows<T> below = GuardedRows<T>.Unwritten(m, Inputs, TLayer.InputGradientRowStride);
        kernel(w.Span, dz.Span, a.Span, below.Span, m);

        (int ofInput, int ofOutput) = isLanes ? (Outputs, 1) : (1, Inputs);
        double[] down = PlainLoops.Product(m, Inputs, Outputs, dz.Dense(), Outputs, 1, w.Dense(), ofInput, ofOutput);
        below.AssertEquals(
            $"{(isLanes ? "Lanes" : "Dot")} {Inputs} → {Outputs}, m = {m}, {typeof(T).Name}: DZ below",
            [.. down.Zip(a.Dense(), (sum, output) => sum * derivative(output))],
            Tolerance(Outputs) + (4 * Unit));
    }

    private static void CheckForward<TLayer>(
        string what, GuardedRows<T> x, GuardedRows<T> w, GuardedRows<T> b, double[] logits, ForwardKernel forward, bool isRow)
        where TLayer : struct, IDenseLayer
    {
        int m = x.Count;
        GuardedRows<T> z = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        GuardedRows<T> a = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        forward(x.Span, w.Span, b.Span, z.Span, a.Span, m);
        z.AssertEquals($"{what} Z", logits, Tolerance(Inputs + 1));
        if (isRow)
        {
            // As many exponentials are added up.
            a.AssertEquals($"{what} A", PlainLoops.Softmax(z.Dense(), Outputs), (Outputs + 8) * Unit);
        }
        else
        {
            a.AssertEquals($"{what} A", [.. z.Dense().Select(logit => 1 / (1 + Math.Exp(-logit)))], 4 * Unit);
        }

        // Without Z, which an inference does not keep.
        GuardedRows<T> alone = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        forward(x.Span, w.Span, b.Span, [], alone.Span, m);
        alone.AssertSameBits($"{what} A without Z", a);
    }

    // A sum of so many products of numbers between −1 and 1 whose signs are random: no partial sum is much larger than the root of their
    // count, and each addition rounds it once. A product that is missing or counted twice is off by far more.
    private static double Tolerance(int terms) => (terms + 2) * Unit * Math.Max(2, Math.Sqrt(terms));
}
