using System.Numerics;
using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>Runs a compiled network beside a reference network with the same weights and compares every number of every step.</summary>
internal static class Comparison
{
    /// <summary>Compares prediction, the steps of training, and the weights after a few of them, for several batch sizes.</summary>
    /// <param name="net">The compiled network.</param>
    /// <param name="reference">The reference; its weights are overwritten.</param>
    /// <param name="binaryTargets">True for targets of 0 and 1, false for any numbers.</param>
    public static void Run<T>(INetwork<T> net, ReferenceNetwork<T> reference, bool binaryTargets = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int m in new[] { 1, 2, 7 })
        {
            var random = new Random(m);
            CopyWeights(net, reference);
            T[] x = Numbers<T>(random, m * net.Shape.InputSize, 1);
            T[] y = [.. Numbers<T>(random, m * net.Shape.TargetSize, 1).Select(value => binaryTargets ? (value > T.Zero ? T.One : T.Zero) : value)];
            if (net.Shape.Task == NetworkTask.Classification)
            {
                ToDistributions(y, net.Shape.TargetSize);
            }

            int[] labels = [.. Enumerable.Range(0, m).Select(_ => random.Next(net.Shape.OutputSize))];
            Predict(net, reference, x, m);
            NetworkWorkspace<T> state = net.CreateWorkspace(m + 1, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
            NetworkWorkspace<T> expected = reference.CreateWorkspace(m + 1, WorkspaceOptions.InputGradient);
            Step(net, reference, state, expected, x, target => target.Cost(y), target => target.OutputGradient(y));
            AssertNear([reference.DescendStep(x, y, expected, T.One)], [net.DescendStep(x, y, state, T.One)], "cost of a step");
            AssertSameWeights(net, reference);
            Assert.Equal(reference.TakesLabels, net.TakesLabels);
            if (net.TakesLabels)
            {
                Step(net, reference, state, expected, x, target => target.Cost(labels), target => target.OutputGradient(labels));
                AssertNear([reference.DescendStep(x, labels, expected, T.One)], [net.DescendStep(x, labels, state, T.One)], "cost of a step");
                AssertSameWeights(net, reference);
            }
        }
    }

    private static void Predict<T>(INetwork<T> net, ReferenceNetwork<T> reference, T[] x, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var actual = new T[m * net.Shape.OutputSize];
        var expected = new T[actual.Length];
        net.Predict(x, actual);
        reference.Predict(x, expected);
        AssertNear(expected, actual, "predictions");
    }

    private static void Step<T>(
        INetwork<T> net,
        ReferenceNetwork<T> reference,
        NetworkWorkspace<T> state,
        NetworkWorkspace<T> expected,
        T[] x,
        Func<Target<T>, T> cost,
        Action<Target<T>> outputGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        net.Forward(x, state);
        reference.Forward(x, expected);
        AssertNear([cost(new(reference, expected))], [cost(new(net, state))], "cost");
        outputGradient(new(net, state));
        outputGradient(new(reference, expected));
        net.Backward(x, state);
        reference.Backward(x, expected);
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            int l = layer.Index;
            AssertNear(Dense(expected.ZView(l)), Dense(state.ZView(l)), $"Z{l}");
            AssertNear(Dense(expected.AView(l)), Dense(state.AView(l)), $"A{l}");
            AssertNear(Dense<T>(expected.DZView(l)), Dense<T>(state.DZView(l)), $"DZ{l}");
            AssertNear(Dense<T>(expected.DWView(l)), Dense<T>(state.DWView(l)), $"DW{l}");
            AssertNear(Dense<T>(expected.DBView(l)), Dense<T>(state.DBView(l)), $"DB{l}");
        }

        AssertNear(Dense(expected.DA0View()), Dense(state.DA0View()), "DA0");
    }

    private static void CopyWeights<T>(INetwork<T> from, INetwork<T> to)
        where T : unmanaged
    {
        foreach (LayerInfo layer in from.Shape.Layers)
        {
            var weights = new T[layer.Inputs * layer.Outputs];
            from.Parameters.CopyWeightsTo(layer.Index, weights);
            to.Parameters.CopyWeightsFrom(layer.Index, weights);
            from.Parameters.B(layer.Index)[..layer.Outputs].CopyTo(to.Parameters.B(layer.Index));
        }
    }

    private static void AssertSameWeights<T>(INetwork<T> net, ReferenceNetwork<T> reference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            AssertNear(
                Dense<T>(reference.Parameters.WeightView(layer.Index)), Dense<T>(net.Parameters.WeightView(layer.Index)), $"W{layer.Index}");
            AssertNear(
                Dense<T>(reference.Parameters.BiasView(layer.Index)), Dense<T>(net.Parameters.BiasView(layer.Index)), $"B{layer.Index}");
        }
    }

    private static T[] Dense<T>(System.Numerics.Tensors.ReadOnlyTensorSpan<T> view)
    {
        var numbers = new T[view.FlattenedLength];
        view.FlattenTo(numbers);
        return numbers;
    }

    private static T[] Numbers<T>(Random random, int count, double spread)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(spread * ((2 * random.NextDouble()) - 1)))];

    private static void ToDistributions<T>(T[] y, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < y.Length; row += width)
        {
            T[] weights = [.. y[row..(row + width)].Select(T.Exp)];
            T sum = weights.Aggregate((a, b) => a + b);
            for (int i = 0; i < width; i++)
            {
                y[row + i] = weights[i] / sum;
            }
        }
    }

    // Relative to the largest number: sums of many terms cancel.
    private static void AssertNear<T>(T[] expected, T[] actual, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        T tolerance = T.CreateChecked(typeof(T) == typeof(double) ? 1e-11 : 2e-4);
        T scale = expected.Select(T.Abs).Append(T.CreateChecked(1e-2)).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                T.Abs(expected[i] - actual[i]) <= tolerance * scale,
                $"{what}: number {i} is {actual[i]}, expected {expected[i]}.");
        }
    }

    /// <summary>A network with its workspace, waiting for targets.</summary>
    private readonly record struct Target<T>(INetwork<T> Net, NetworkWorkspace<T> State)
        where T : unmanaged
    {
        public T Cost(T[] y) => Net.Cost(y, State);

        public T Cost(int[] labels) => Net.Cost(labels, State);

        public void OutputGradient(T[] y) => Net.OutputGradient(y, State);

        public void OutputGradient(int[] labels) => Net.OutputGradient(labels, State);
    }
}
