using System.Numerics;
using System.Numerics.Tensors;
using Xunit;
using static CompiledDnn.Tests.Notebook.NotebookNetworks;

namespace CompiledDnn.Tests.Notebook;

/// <summary>The recorded training runs, followed step by step with the steps of the generated classes.</summary>
public class TrainingTraceTests
{
    public static TheoryData<string> Names => [.. TrainingTrace.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Double_follows_the_trace_to_nine_digits(string name)
    {
        TrainingTrace trace = TrainingTrace.Read(name);

        Follow(CreateDouble(name), trace, relative: 1e-9, drifts: 100, Steps);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DescendStep_follows_the_trace_to_nine_digits(string name)
    {
        TrainingTrace trace = TrainingTrace.Read(name);

        Follow(CreateDouble(name), trace, relative: 1e-9, drifts: 100, InOneCall);
    }

    // Float rounds each weight to 24 bits in each of its updates, and each number of a step a few times more. Descent forgets errors where
    // the cost is curved and adds them up where it is flat, so the worst case grows like the number of steps: a unit of 2⁻²⁴ for each step,
    // and 32 for the first, is what one step and the rounding of data and initial weights can take up.
    [Theory]
    [MemberData(nameof(Names))]
    public void Float_follows_the_trace_within_its_rounding(string name)
    {
        TrainingTrace trace = TrainingTrace.Read(name);

        Follow(CreateFloat(name), trace, relative: (32 + trace.Steps) * Math.Pow(2, -24), drifts: 0, Steps);
    }

    private static INetwork<double> CreateDouble(string name) => name switch
    {
        "xor_2_4_1" => new ExclusiveOr(),
        "two_outputs_3_5_4_2" => new ThreeLayers(),
        "small_4_3_1" => new TwoLayers(),
        _ => throw new ArgumentException($"There is no network for the trace {name}.", nameof(name)),
    };

    private static INetwork<float> CreateFloat(string name) => name switch
    {
        "xor_2_4_1" => new ExclusiveOrFloat(),
        "two_outputs_3_5_4_2" => new ThreeLayersFloat(),
        "small_4_3_1" => new TwoLayersFloat(),
        _ => throw new ArgumentException($"There is no network for the trace {name}.", nameof(name)),
    };

    private delegate T DescentStep<T>(INetwork<T> net, T[] x, T[] y, NetworkWorkspace<T> state, T rate)
        where T : unmanaged;

    private static T Steps<T>(INetwork<T> net, T[] x, T[] y, NetworkWorkspace<T> state, T rate)
        where T : unmanaged
    {
        net.Forward(x, state);
        T cost = net.Cost(y, state);
        net.OutputGradient(y, state);
        net.Backward(x, state);
        net.Update(state, rate);
        return cost;
    }

    private static T InOneCall<T>(INetwork<T> net, T[] x, T[] y, NetworkWorkspace<T> state, T rate)
        where T : unmanaged => net.DescendStep(x, y, state, rate);

    private static void Follow<T>(INetwork<T> net, TrainingTrace trace, double relative, double drifts, DescentStep<T> step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] sizes = [net.Shape.InputSize, .. net.Shape.Layers.ToArray().Select(layer => layer.Outputs)];
        Assert.Equal(trace.LayerSizes, sizes);
        T[] x = Convert<T>(trace.X.Batch);
        T[] y = Convert<T>(trace.Y.Batch);
        T rate = T.CreateChecked(trace.LearningRate);
        NetworkWorkspace<T> state = net.CreateWorkspace(trace.Samples);
        Dictionary<int, double> costs = trace.Costs;
        SetParameters(net.Parameters, trace);
        net.Forward(x, state);
        net.OutputGradient(y, state);
        net.Backward(x, state);
        CompareGradients(state, trace, relative);

        for (int done = 0; done < trace.Steps; done++)
        {
            CompareCost(done, step(net, x, y, state, rate));
        }

        net.Forward(x, state);
        CompareCost(trace.Steps, net.Cost(y, state));
        Assert.Empty(costs);
        Compare(trace.FinalPredictions.Batch, Dense<T>(state.AView(net.Shape.Layers.Length)), relative, drifts * trace.Drift("final_predictions_max_absolute"));
        for (int l = 1; l <= net.Shape.Layers.Length; l++)
        {
            double drift = drifts * trace.Drift("final_parameters_max_absolute");
            Compare(trace.Final(l).W.Data, Dense<T>(net.Parameters.WeightView(l)), relative, drift);
            Compare(trace.Final(l).B.Data, Dense<T>(net.Parameters.BiasView(l)), relative, drift);
        }

        void CompareCost(int done, T cost)
        {
            if (costs.Remove(done, out double expected))
            {
                Assert.Equal(expected, double.CreateChecked(cost), (relative + (drifts * trace.Drift("cost_max_relative"))) * expected);
            }
        }
    }

    private static void SetParameters<T>(ParameterBlock<T> parameters, TrainingTrace trace)
        where T : unmanaged, INumberBase<T>
    {
        foreach (LayerInfo layer in parameters.Shape.Layers)
        {
            parameters.CopyWeightsFrom(layer.Index, Convert<T>(trace.Initial(layer.Index).W.Data));
            Convert<T>(trace.Initial(layer.Index).B.Data).CopyTo(parameters.B(layer.Index));
        }
    }

    private static void CompareGradients<T>(NetworkWorkspace<T> state, TrainingTrace trace, double relative)
        where T : unmanaged, INumberBase<T>
    {
        foreach (LayerInfo layer in state.Shape.Layers)
        {
            Compare(trace.InitialGradient(layer.Index).DW.Data, Dense<T>(state.DWView(layer.Index)), relative, 0);
            Compare(trace.InitialGradient(layer.Index).DB.Data, Dense<T>(state.DBView(layer.Index)), relative, 0);
        }
    }

    // Relative to the largest number of a matrix: a small one is a sum in which larger ones cancel.
    private static void Compare(ReadOnlySpan<double> expected, double[] actual, double relative, double absolute)
    {
        double tolerance = (relative * Math.Abs(TensorPrimitives.MaxMagnitude(expected))) + absolute;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static double[] Dense<T>(ReadOnlyTensorSpan<T> view)
        where T : unmanaged, INumberBase<T>
    {
        var dense = new T[view.FlattenedLength];
        view.FlattenTo(dense);
        return [.. dense.Select(double.CreateChecked)];
    }

    private static T[] Convert<T>(ReadOnlySpan<double> values)
        where T : INumberBase<T>
    {
        var converted = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            converted[i] = T.CreateChecked(values[i]);
        }

        return converted;
    }
}
