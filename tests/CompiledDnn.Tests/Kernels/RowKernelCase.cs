using System.Numerics;
using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The kernels that work on the rows of one layer, for one number of outputs in one precision.</summary>
internal interface IRowKernelCase
{
    void CheckActivationGradients(int m);

    void CheckLosses(int m);

    void CheckRows(int m);
}

/// <summary>Activation gradients, losses and copies of rows against plain loops in double.</summary>
internal sealed class RowKernelCase<T, TOutputs> : IRowKernelCase
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOutputs : struct, ISize
{
    private readonly Random _random = new(TOutputs.Value);

    private static int Outputs => TOutputs.Value;

    private static double Unit => double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    public void CheckActivationGradients(int m)
    {
        CheckActivationGradients<LanesLayer<T, TOutputs, TOutputs>>(m);
        CheckActivationGradients<DotLayer<T, TOutputs, TOutputs>>(m);
    }

    public void CheckLosses(int m)
    {
        CheckLosses<LanesLayer<T, TOutputs, TOutputs>>(m);
        CheckLosses<DotLayer<T, TOutputs, TOutputs>>(m);
    }

    public void CheckRows(int m)
    {
        GuardedRows<T> dense = GuardedRows<T>.Random(_random, m, Outputs, Outputs);
        GuardedRows<T> packed = GuardedRows<T>.Unwritten(m, Outputs, DotLayer<T, TOutputs, TOutputs>.InputRowStride);
        Rows.Pack<T, DotLayer<T, TOutputs, TOutputs>>(dense.Span, packed.Span, m);
        packed.AssertEquals($"Pack {Outputs}, m = {m}", dense.Dense(), 0);

        GuardedRows<T> padded = GuardedRows<T>.Random(_random, m, Outputs, LanesLayer<T, TOutputs, TOutputs>.RowStride);
        GuardedRows<T> unpacked = GuardedRows<T>.Unwritten(m, Outputs, Outputs);
        Rows.Unpack<T, LanesLayer<T, TOutputs, TOutputs>>(padded.Span, unpacked.Span, m);
        unpacked.AssertEquals($"Unpack {Outputs}, m = {m}", padded.Dense(), 0);

        GuardedRows<T> w = GuardedRows<T>.Random(_random, m, Outputs, Lines.RoundUp<T>(Outputs));
        GuardedRows<T> dw = GuardedRows<T>.Random(_random, m, Outputs, Lines.RoundUp<T>(Outputs));
        double[] expected = [.. w.Dense().Zip(dw.Dense(), (weight, gradient) => weight - (0.5 * gradient))];
        ParameterUpdate.Descend(w.Span, dw.Span, T.CreateChecked(0.5));
        w.AssertEquals($"Descend {Outputs}, m = {m}", expected, Unit);
    }

    private void CheckActivationGradients<TLayer>(int m)
        where TLayer : struct, IDenseLayer
    {
        string what = $"{Outputs} outputs, rows of {TLayer.RowStride}, m = {m}, {typeof(T).Name}:";
        GuardedRows<T> z = GuardedRows<T>.Random(_random, m, Outputs, TLayer.RowStride);
        double[] values = z.Dense();
        GuardedRows<T> da = GuardedRows<T>.Random(_random, m, Outputs, TLayer.RowStride);
        double[] before = da.Dense();

        // ReLU keeps DA or clears it, also where it is not a number.
        GuardedRows<T> kept = GuardedRows<T>.Random(_random, m, Outputs, TLayer.RowStride);
        double[] whole = kept.Dense();
        for (int i = 0; i < values.Length; i += 3)
        {
            kept[i / Outputs, i % Outputs] = values[i] > 0 ? kept[i / Outputs, i % Outputs] : T.NaN;
        }

        ActivationGradient.FromOutput<T, TLayer, ReLU<T>>(z.Span, kept.Span, m);
        kept.AssertEquals($"{what} ReLU", [.. whole.Zip(values, (d, a) => a > 0 ? d : 0)], 0);

        // tanh: g' = 1 − a². Padding must stay zero although g'(0) is one.
        ActivationGradient.FromOutput<T, TLayer, Tanh<T>>(z.Span, da.Span, m);
        da.AssertEquals($"{what} FromOutput", [.. before.Zip(values, (d, a) => d * (1 - (a * a)))], 4 * Unit);

        // SiLU: g' = σ(z) (1 + z (1 − σ(z))).
        before = da.Dense();
        ActivationGradient.FromInput<T, TLayer, SiLU<T>>(z.Span, da.Span, m);
        da.AssertEquals($"{what} FromInput", [.. before.Zip(values, (d, v) => d * SiLUDerivative(v))], 8 * Unit);

        // Jᵀ of softmax: aᵢ (daᵢ − Σ aⱼ daⱼ).
        before = da.Dense();
        ActivationGradient.Rows<T, TLayer, Softmax<T>>(z.Span, da.Span, m);
        double[] expected =
            [.. before.Select((d, i) => values[i] * (d - Range(i).Sum(j => values[j] * before[j])))];
        da.AssertEquals($"{what} Rows", expected, (Outputs + 4) * Unit);
    }

    private void CheckLosses<TLayer>(int m)
        where TLayer : struct, IDenseLayer
    {
        string what = $"{Outputs} outputs, rows of {TLayer.RowStride}, m = {m}, {typeof(T).Name}:";
        GuardedRows<T> z = GuardedRows<T>.Random(_random, m, Outputs, TLayer.RowStride);
        GuardedRows<T> a = GuardedRows<T>.Random(_random, m, Outputs, TLayer.RowStride);
        GuardedRows<T> y = GuardedRows<T>.Random(_random, m, Outputs, Outputs);
        (double[] zs, double[] outputs, double[] ys) = (z.Dense(), a.Dense(), y.Dense());
        double[] differences = [.. outputs.Zip(ys, (output, target) => output - target)];
        double tolerance = (Outputs + 8) * 4 * Unit;

        CheckCost(
            $"{what} Elementwise",
            LossCost.Elementwise<T, TLayer, MeanSquaredError<T>>(a.Span, y.Span, m),
            differences.Sum(d => d * d) / (m * Outputs),
            tolerance);
        GuardedRows<T> gradient = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        LossGradient.Elementwise<T, TLayer, MeanSquaredError<T>>(a.Span, y.Span, gradient.Span, m);
        gradient.AssertEquals($"{what} Elementwise", [.. differences.Select(d => 2 * d / Outputs)], 8 * Unit);

        CheckCost(
            $"{what} FusedElementwise",
            LossCost.FusedElementwise<T, TLayer, Sigmoid<T>, BinaryCrossEntropy<T>>(z.Span, y.Span, m),
            zs.Zip(ys, (logit, target) => Math.Log(1 + Math.Exp(logit)) - (logit * target)).Sum() / m,
            tolerance);
        gradient = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        LossGradient.FusedElementwise<T, TLayer, Sigmoid<T>, BinaryCrossEntropy<T>>(z.Span, a.Span, y.Span, gradient.Span, m);
        gradient.AssertEquals($"{what} FusedElementwise", differences, Unit);

        CheckRowLosses<TLayer>(what, m, z, a, y, tolerance);
    }

    private void CheckRowLosses<TLayer>(string what, int m, GuardedRows<T> z, GuardedRows<T> a, GuardedRows<T> y, double tolerance)
        where TLayer : struct, IDenseLayer
    {
        (double[] zs, double[] outputs, double[] ys) = (z.Dense(), a.Dense(), y.Dense());
        double[] logOfSum = [.. zs.Select((_, i) => Math.Log(Range(i).Sum(j => Math.Exp(zs[j]))))];
        double[] weights = [.. ys.Select((_, i) => Range(i).Sum(j => ys[j]))];
        int[] labels = [.. Enumerable.Range(0, m).Select(_ => _random.Next(Outputs))];

        GuardedRows<T> gradient = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        LossGradient.Row<T, TLayer, CategoricalCrossEntropy<T>>(a.Span, y.Span, gradient.Span, m);
        GuardedRows<T> quotient = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        for (int i = 0; i < ys.Length; i++)
        {
            quotient[i / Outputs, i % Outputs] = T.CreateTruncating(-ys[i] / outputs[i]);
        }

        gradient.AssertEquals($"{what} Row", quotient.Dense(), 2 * Unit * quotient.Dense().Max(Math.Abs));
        GuardedRows<T> positive = a;
        for (int i = 0; i < outputs.Length; i++)
        {
            positive[i / Outputs, i % Outputs] = T.CreateTruncating(Math.Abs(outputs[i]) + 0.01);
        }

        CheckCost(
            $"{what} Row",
            LossCost.Row<T, TLayer, CategoricalCrossEntropy<T>>(positive.Span, y.Span, m),
            -positive.Dense().Zip(ys, (output, target) => target * Math.Log(output)).Sum() / m,
            4 * tolerance);

        CheckCost(
            $"{what} FusedRow",
            LossCost.FusedRow<T, TLayer, Softmax<T>, CategoricalCrossEntropy<T>>(z.Span, y.Span, m),
            ys.Select((target, i) => target * (logOfSum[i] - zs[i])).Sum() / m,
            4 * tolerance);
        gradient = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        LossGradient.FusedRow<T, TLayer, Softmax<T>, CategoricalCrossEntropy<T>>(z.Span, positive.Span, y.Span, gradient.Span, m);
        gradient.AssertEquals($"{what} FusedRow", [.. positive.Dense().Select((output, i) => (output * weights[i]) - ys[i])], tolerance);

        CheckCost(
            $"{what} FusedLabels",
            LossCost.FusedLabels<T, TLayer, Softmax<T>, CategoricalCrossEntropy<T>>(z.Span, labels, m),
            labels.Select((label, row) => logOfSum[row * Outputs] - zs[(row * Outputs) + label]).Sum() / m,
            4 * tolerance);
        gradient = GuardedRows<T>.Unwritten(m, Outputs, TLayer.RowStride);
        LossGradient.FusedLabels<T, TLayer, Softmax<T>, CategoricalCrossEntropy<T>>(z.Span, positive.Span, labels, gradient.Span, m);
        double[] expected = [.. positive.Dense().Select((output, i) => output - (labels[i / Outputs] == i % Outputs ? 1 : 0))];
        gradient.AssertEquals($"{what} FusedLabels", expected, Unit);
    }

    private static double SiLUDerivative(double z)
    {
        double s = 1 / (1 + Math.Exp(-z));
        return s * (1 + (z * (1 - s)));
    }

    private static void CheckCost(string what, T actual, double expected, double tolerance)
    {
        double difference = Math.Abs(double.CreateTruncating(actual) - expected);
        if (!(difference <= tolerance * Math.Max(1, Math.Abs(expected))))
        {
            Xunit.Assert.Fail($"{what} cost is {actual}; expected {expected} ± {tolerance}.");
        }
    }

    // The numbers of the row that number i belongs to.
    private static IEnumerable<int> Range(int i) => Enumerable.Range(i / Outputs * Outputs, Outputs);
}
