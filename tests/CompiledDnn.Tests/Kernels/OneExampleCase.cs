using System.Numerics;
using System.Runtime.InteropServices;
using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Kernels;

/// <summary>One pair of sizes in one precision.</summary>
internal interface IOneExampleCase
{
    void CheckEnds();

    void CheckChains();
}

/// <summary>Networks of one and two layers for one example, against plain loops in double.</summary>
internal sealed class OneExampleCase<T, TInputs, TOutputs> : IOneExampleCase
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
{
    private readonly Random _random = new((TInputs.Value * 1000) + TOutputs.Value);

    private static int Inputs => TInputs.Value;

    private static int Outputs => TOutputs.Value;

    private static double Unit => double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    public void CheckEnds()
    {
        double[] x = Draw(Inputs);
        Weights w = Draw(Inputs, Outputs);
        double[] z = w.Product(x);
        double[] sigmoid = [.. z.Select(logit => 1 / (1 + Math.Exp(-logit)))];
        double[] softmax = PlainLoops.Softmax(z, Outputs);

        Check<LanesEnd<T, PlacedLanes<T, TInputs, TOutputs, AtTheStart>, Sigmoid<T>>>("lanes", x, sigmoid, w.Lanes());
        Check<LanesRowEnd<T, PlacedLanes<T, TInputs, TOutputs, AtTheStart>, Softmax<T>>>("lanes, row", x, softmax, w.Lanes());
        CheckPacked<DotEnd<T, PlacedDot<T, TInputs, TOutputs, AtTheStart>, Sigmoid<T>>>("dot", x, sigmoid, w.Dot());
        CheckPacked<DotRowEnd<T, PlacedDot<T, TInputs, TOutputs, AtTheStart>, Softmax<T>>>("dot, row", x, softmax, w.Dot());
        CheckFarLogits();
    }

    public void CheckChains()
    {
        double[] x = Draw(Inputs);
        Weights w1 = Draw(Inputs, Outputs);
        double[] a1 = [.. w1.Product(x).Select(Math.Tanh)];
        Weights one = Draw(Outputs, 1);
        Weights back = Draw(Outputs, Inputs);
        double[] oneOutput = one.Product(a1);
        double[] a2 = back.Product(a1);

        CheckLanes<DotEnd<T, PlacedDot<T, TOutputs, Sizes.N1, AfterLanes>, Identity<T>>>("lanes, one output", x, oneOutput, w1.Lanes(), one.Dot());
        CheckLanes<DotEnd<T, PlacedDot<T, TOutputs, TInputs, AfterLanes>, Identity<T>>>("lanes, dot", x, a2, w1.Lanes(), back.Dot());
        CheckLanes<LanesEnd<T, PlacedLanes<T, TOutputs, TInputs, AfterLanes>, Identity<T>>>("lanes, lanes", x, a2, w1.Lanes(), back.Lanes());
        if (Outputs > 1)
        {
            // Only the last layer has a single output whose row is one number long.
            CheckDot<DotEnd<T, PlacedDot<T, TOutputs, Sizes.N1, AfterDot>, Identity<T>>>("dot, one output", x, oneOutput, w1.Dot(), one.Dot());
            CheckDot<LanesEnd<T, PlacedLanes<T, TOutputs, TInputs, AfterDot>, Identity<T>>>("dot, lanes", x, a2, w1.Dot(), back.Lanes());
        }
    }

    // Exponentials of such logits leave the range of numbers. Without inputs they are the biases, and exact.
    private void CheckFarLogits()
    {
        double[] logits = [.. Draw(Outputs).Select(bias => (double)(float)(1000 * bias))];
        double[] softmax = PlainLoops.Softmax([.. logits.Select(logit => logit - logits.Max())], Outputs), x = new double[Inputs];
        Weights w = Draw(Inputs, Outputs) with { B = logits };

        Check<LanesRowEnd<T, PlacedLanes<T, TInputs, TOutputs, AtTheStart>, Softmax<T>>>("lanes, row, far logits", x, softmax, w.Lanes());
        CheckPacked<DotRowEnd<T, PlacedDot<T, TInputs, TOutputs, AtTheStart>, Softmax<T>>>("dot, row, far logits", x, softmax, w.Dot());
    }

    private static void CheckLanes<TNext>(string what, double[] x, double[] expected, params T[][] parameters)
        where TNext : struct, ILayerChain<T> =>
        Check<LanesChain<T, PlacedLanes<T, TInputs, TOutputs, AtTheStart>, Tanh<T>, TNext>>(what, x, expected, parameters);

    private static void CheckDot<TNext>(string what, double[] x, double[] expected, params T[][] parameters)
        where TNext : struct, ILayerChain<T> =>
        CheckPacked<DotChain<T, PlacedDot<T, TInputs, TOutputs, AtTheStart>, Tanh<T>, TNext>>(what, x, expected, parameters);

    private static void CheckPacked<TNext>(string what, double[] x, double[] expected, params T[][] parameters)
        where TNext : struct, ILayerChain<T> =>
        Check<PackedChain<T, PlacedDot<T, TInputs, TOutputs, AtTheStart>, TNext>>(what, x, expected, parameters);

    private static void Check<TChain>(string what, double[] x, double[] expected, params T[][] parameters)
        where TChain : struct, ILayerChain<T>
    {
        T[] block = [.. parameters.SelectMany(numbers => numbers)];
        Xunit.Assert.Equal(TChain.ParameterLength, block.Length);
        GuardedRows<T> p = Rows(block);
        GuardedRows<T> input = Rows([.. x.Select(T.CreateTruncating)]);
        foreach (bool inline in (bool[])[true, false])
        {
            GuardedRows<T> outputs = GuardedRows<T>.Unwritten(1, TChain.Outputs, TChain.Outputs);
            GuardedRows<T> scratch = GuardedRows<T>.Unwritten(1, TChain.ScratchLength, TChain.ScratchLength);
            VectorDispatch.Run<T, Call<TChain>>(
                new(ref First(input), ref First(p), ref First(outputs), ref First(scratch), inline));

            string name = $"{what}, {Inputs} → {Outputs}, {typeof(T).Name}, inline {inline}";
            outputs.AssertEquals(name, expected, (Math.Max(Inputs, Outputs) + 8) * 4 * Unit * Math.Max(1, expected.Max(Math.Abs)));
            scratch.AssertUntouchedOutside(name);
        }
    }

    private static ref T First(GuardedRows<T> rows) => ref MemoryMarshal.GetReference(rows.Span);

    private static GuardedRows<T> Rows(T[] numbers)
    {
        var rows = new GuardedRows<T>(1, numbers.Length, numbers.Length);
        numbers.CopyTo(rows.Span);
        return rows;
    }

    private double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)((2 * _random.NextDouble()) - 1))];

    private Weights Draw(int inputs, int outputs) => new(inputs, outputs, Draw(inputs * outputs), Draw(outputs));

    // W as [outputs, inputs] and b, and how they lie in a parameter block.
    private sealed record Weights(int Inputs, int Outputs, double[] W, double[] B)
    {
        public double[] Product(double[] x) =>
            [.. B.Select((bias, o) => bias + Enumerable.Range(0, Inputs).Sum(i => W[(o * Inputs) + i] * x[i]))];

        public T[] Lanes() => Block(Inputs, Lines.RoundUp<T>(Outputs), 1, Lines.RoundUp<T>(Outputs));

        public T[] Dot() => Block(Outputs, Lines.RoundUp<T>(Inputs) + Lines.RoundUp<T>(1), Lines.RoundUp<T>(Inputs) + Lines.RoundUp<T>(1), 1);

        private T[] Block(int rows, int stride, int ofOutput, int ofInput)
        {
            var block = new T[(rows * stride) + Lines.RoundUp<T>(Outputs)];
            for (int o = 0; o < Outputs; o++)
            {
                block[(rows * stride) + o] = T.CreateTruncating(B[o]);
                for (int i = 0; i < Inputs; i++)
                {
                    block[(o * ofOutput) + (i * ofInput)] = T.CreateTruncating(W[(o * Inputs) + i]);
                }
            }

            return block;
        }
    }

    private readonly struct AfterLanes : IPlace
    {
        public static int Begin => After<T, PlacedLanes<T, TInputs, TOutputs, AtTheStart>>.Begin;
    }

    private readonly struct AfterDot : IPlace
    {
        public static int Begin => After<T, PlacedDot<T, TInputs, TOutputs, AtTheStart>>.Begin;
    }

    private readonly ref struct Call<TChain>(ref T x, ref T parameters, ref T outputs, ref T scratch, bool inline) : IKernel<T>
        where TChain : struct, ILayerChain<T>
    {
        private readonly ref T _x = ref x;
        private readonly ref T _parameters = ref parameters;
        private readonly ref T _outputs = ref outputs;
        private readonly ref T _scratch = ref scratch;
        private readonly bool _inline = inline;

        public void Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, T>
            where TVector : struct =>
            TChain.Run<TOps, TVector>(in _x, in _parameters, ref _outputs, ref _scratch, _inline);
    }
}
