using System.Numerics;
using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>
/// Compares a compiled network with the plain one on random weights and data: forward, cost, backward, update and prediction. The plain
/// one computes in double, so that the difference is the compiled one's alone.
/// </summary>
internal static class Agreement
{
    private const int BatchSize = 5;

    /// <summary>Fails if anything differs.</summary>
    /// <param name="net">The compiled network; gets other weights.</param>
    /// <param name="reference">The plain network of the same shape; gets the same weights.</param>
    public static void Check<T>(INetwork<T> net, ReferenceNetwork<double> reference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(7);
        CopyRandomWeights(net, reference, random);
        T[] x = Draw<T>(random, BatchSize * net.Shape.InputSize);
        T[] y = Targets<T>(net.Shape, random);

        // The workspace has room for more, as in the last batch of an epoch.
        NetworkWorkspace<T> state = net.CreateWorkspace(BatchSize + 2, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        NetworkWorkspace<double> expected = reference.CreateWorkspace(BatchSize, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        net.Forward(x, state);
        reference.Forward(Doubles<T>(x), expected);
        CompareForward(net, state, expected, x);

        Close<T>("cost", [net.Cost(y, state)], [reference.Cost(Doubles<T>(y), expected)]);
        net.OutputGradient(y, state);
        net.Backward(x, state);
        reference.OutputGradient(Doubles<T>(y), expected);
        reference.Backward(Doubles<T>(x), expected);
        CompareGradients(state, expected);

        Close<T>("cost of a step", [net.DescendStep(x, y, state, T.CreateChecked(0.5))], [reference.DescendStep(Doubles<T>(x), Doubles<T>(y), expected, 0.5)]);
        CompareWeights(net, reference);
        if (net.TakesLabels)
        {
            CompareLabels(net, reference, x, state);
        }
    }

    private static void CompareForward<T>(INetwork<T> net, NetworkWorkspace<T> state, NetworkWorkspace<double> expected, T[] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            int length = BatchSize * layer.Outputs;
            Close<T>($"Z{layer.Index}", Flatten(state.ZView(layer.Index), length), Flatten(expected.ZView(layer.Index), length));
            Close<T>($"A{layer.Index}", Flatten(state.AView(layer.Index), length), Flatten(expected.AView(layer.Index), length));
        }

        var outputs = new T[BatchSize * net.Shape.OutputSize];
        net.Predict(x, outputs);
        Close<T>("predictions", outputs, Flatten(expected.AView(net.Shape.Layers.Length), outputs.Length));
        net.Predict(x.AsSpan(0, net.Shape.InputSize), outputs.AsSpan(0, net.Shape.OutputSize));
        Close<T>("one prediction", outputs[..net.Shape.OutputSize], [.. expected.Output(0)]);
    }

    private static void CompareGradients<T>(NetworkWorkspace<T> state, NetworkWorkspace<double> expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LayerInfo layer in state.Shape.Layers)
        {
            int l = layer.Index;
            int weights = layer.Inputs * layer.Outputs;
            Close<T>($"DZ{l}", Flatten<T>(state.DZView(l), BatchSize * layer.Outputs), Flatten<double>(expected.DZView(l), BatchSize * layer.Outputs));
            Close<T>($"DW{l}", Flatten<T>(state.DWView(l), weights), Flatten<double>(expected.DWView(l), weights));
            Close<T>($"DB{l}", Flatten<T>(state.DBView(l), layer.Outputs), Flatten<double>(expected.DBView(l), layer.Outputs));
        }

        int inputs = BatchSize * state.Shape.InputSize;
        Close<T>("DA0", Flatten(state.DA0View(), inputs), Flatten(expected.DA0View(), inputs));
    }

    private static void CompareWeights<T>(INetwork<T> net, ReferenceNetwork<double> reference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            int weights = layer.Inputs * layer.Outputs;
            Close<T>($"W{layer.Index}", Flatten<T>(net.Parameters.WeightView(layer.Index), weights), Flatten<double>(reference.Parameters.WeightView(layer.Index), weights));
            Close<T>($"B{layer.Index}", Flatten<T>(net.Parameters.BiasView(layer.Index), layer.Outputs), Flatten<double>(reference.Parameters.BiasView(layer.Index), layer.Outputs));
        }
    }

    private static void CompareLabels<T>(INetwork<T> net, ReferenceNetwork<double> reference, T[] x, NetworkWorkspace<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] labels = [.. Enumerable.Range(0, BatchSize).Select(i => (3 * i) % net.Shape.TargetSize)];
        NetworkWorkspace<double> expected = reference.CreateWorkspace(BatchSize);

        Close<T>(
            "cost of a step with labels",
            [net.DescendStep(x, labels, state, T.CreateChecked(0.5))],
            [reference.DescendStep(Doubles<T>(x), labels, expected, 0.5)]);
        CompareWeights(net, reference);
    }

    private static void CopyRandomWeights<T>(INetwork<T> net, ReferenceNetwork<double> reference, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            T scale = T.CreateChecked(Math.Sqrt(2.0 / layer.Inputs));
            T[] weights = [.. Draw<T>(random, layer.Inputs * layer.Outputs).Select(w => w * scale)];
            T[] biases = Draw<T>(random, layer.Outputs);
            net.Parameters.CopyWeightsFrom(layer.Index, weights);
            reference.Parameters.CopyWeightsFrom(layer.Index, Doubles<T>(weights));
            biases.CopyTo(net.Parameters.B(layer.Index));
            Doubles<T>(biases).CopyTo(reference.Parameters.B(layer.Index));
        }
    }

    private static T[] Targets<T>(NetworkShape shape, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new T[BatchSize * shape.TargetSize];
        for (int i = 0; i < y.Length; i++)
        {
            (int example, int column) = Math.DivRem(i, shape.TargetSize);
            y[i] = shape.Task switch
            {
                NetworkTask.Classification => column == (2 * example) % shape.TargetSize ? T.One : T.Zero,
                NetworkTask.BinaryClassification => i % 3 == 0 ? T.One : T.Zero,
                _ => T.CreateChecked(random.NextDouble()),
            };
        }

        return y;
    }

    private static T[] Draw<T>(Random random, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked((2 * random.NextDouble()) - 1))];

    private static double[] Doubles<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = double.CreateChecked(values[i]);
        }

        return doubles;
    }

    private static T[] Flatten<T>(System.Numerics.Tensors.ReadOnlyTensorSpan<T> view, int length)
    {
        Assert.Equal(length, view.FlattenedLength);
        var values = new T[length];
        view.FlattenTo(values);
        return values;
    }

    // ‖a − e‖ ≤ tolerance ‖e‖
    private static void Close<T>(string what, T[] actual, double[] expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-13;
        double[] doubles = Doubles<T>(actual);
        double size = Math.Sqrt(expected.Sum(e => e * e));
        double difference = Math.Sqrt(doubles.Zip(expected, (a, e) => (a - e) * (a - e)).Sum());
        Assert.True(size > 0, $"{what} is zero in the reference, which shows nothing.");
        Assert.True(difference <= tolerance * size, $"{what}: relative difference {difference / size:R}");
    }
}
