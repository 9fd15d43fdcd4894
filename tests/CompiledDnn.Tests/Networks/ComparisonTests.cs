using System.Numerics;
using System.Numerics.Tensors;
using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Networks;

/// <summary>Generated networks against the plain network with run-time sizes, in double: outputs, cost, gradients and one update.</summary>
public class ComparisonTests
{
    public static TheoryData<string> Networks => [.. typeof(ComparedNetworks).GetNestedTypes().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_step_equals_the_plain_network(string name)
    {
        object net = Activator.CreateInstance(typeof(ComparedNetworks).GetNestedType(name)!, 5, null)!;
        foreach (int m in (int[])[1, 3, 17])
        {
            if (net is INetwork<float> single)
            {
                Compare(single, m, unit: Math.Pow(2, -23));
            }
            else
            {
                Compare((INetwork<double>)net, m, unit: Math.Pow(2, -52));
            }
        }
    }

    private static void Compare<T>(INetwork<T> net, int m, double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReferenceNetwork<double> plain = Plain(net);
        CopyParameters(net.Parameters, plain.Parameters);
        var random = new Random(m);
        T[] x = [.. Enumerable.Range(0, m * net.Shape.InputSize).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))];
        T[] y = [.. Enumerable.Range(0, m * net.Shape.TargetSize).Select(_ => T.CreateTruncating(random.NextDouble()))];
        double[] plainX = [.. x.Select(double.CreateChecked)];
        double[] plainY = [.. y.Select(double.CreateChecked)];
        NetworkWorkspace<T> state = net.CreateWorkspace(m, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        NetworkWorkspace<double> plainState = plain.CreateWorkspace(m, WorkspaceOptions.InputGradient);

        // Every layer may round its inputs' error and its own sums once more.
        double tolerance = 32 * unit * (net.Shape.Layers.Length + Math.Sqrt(net.Shape.InputSize));

        net.Forward(x, state);
        plain.Forward(plainX, plainState);
        T cost = net.Cost(y, state);
        double plainCost = plain.Cost(plainY, plainState);
        Assert.Equal(plainCost, double.CreateChecked(cost), tolerance * plainCost);
        net.OutputGradient(y, state);
        plain.OutputGradient(plainY, plainState);
        net.Backward(x, state);
        plain.Backward(plainX, plainState);
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            int l = layer.Index;
            AssertClose<T>($"Z{l}", plainState.ZView(l), state.ZView(l), tolerance);
            AssertClose<T>($"A{l}", plainState.AView(l), state.AView(l), tolerance);
            AssertClose<T>($"DZ{l}", plainState.DZView(l), state.DZView(l), tolerance);
            AssertClose<T>($"DW{l}", plainState.DWView(l), state.DWView(l), tolerance);
            AssertClose<T>($"DB{l}", plainState.DBView(l), state.DBView(l), tolerance);
        }

        AssertClose<T>("DA0", plainState.DA0View(), state.DA0View(), tolerance);
        net.Update(state, T.CreateChecked(0.125));
        plain.Update(plainState, 0.125);
        for (int l = 1; l <= net.Shape.Layers.Length; l++)
        {
            AssertClose<T>($"W{l}", plain.Parameters.WeightView(l), net.Parameters.WeightView(l), tolerance);
            AssertClose<T>($"B{l}", plain.Parameters.BiasView(l), net.Parameters.BiasView(l), tolerance);
        }
    }

    private static ReferenceNetwork<double> Plain<T>(INetwork<T> net)
        where T : unmanaged
    {
        ReadOnlySpan<LayerInfo> layers = net.Shape.Layers;
        (ReferenceActivation<double> output, ReferenceLoss<double> loss) = layers[^1].Activation switch
        {
            "Sigmoid" => (ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy),
            "Softmax" => (ReferenceActivation<double>.Softmax, WeightedSoftmaxCrossEntropy),
            "Identity" => (ReferenceActivation<double>.Identity, ReferenceLoss<double>.MeanSquaredError),
            string other => throw new NotSupportedException(other),
        };
        ReferenceActivation<double> hidden = layers[0].Activation switch
        {
            "Tanh" => ReferenceActivation<double>.Tanh,
            "Sigmoid" => ReferenceActivation<double>.Sigmoid,
            _ => ReferenceActivation<double>.ReLU,
        };
        int[] sizes = [net.Shape.InputSize, .. layers.ToArray().Select(layer => layer.Outputs)];
        return new ReferenceNetwork<double>(sizes, hidden, output, loss);
    }

    // The targets drawn here do not add up to one: dz = a Σ y − y.
    private static ReferenceLoss<double> WeightedSoftmaxCrossEntropy { get; } = ReferenceLoss<double>.SoftmaxCrossEntropy with
    {
        Gradient = static (z, a, y, gradient) =>
        {
            double sum = TensorPrimitives.Sum(y);
            for (int i = 0; i < a.Length; i++)
            {
                gradient[i] = (a[i] * sum) - y[i];
            }
        },
    };

    private static void CopyParameters<T>(ParameterBlock<T> from, ParameterBlock<double> to)
        where T : unmanaged, INumberBase<T>
    {
        foreach (LayerInfo layer in from.Shape.Layers)
        {
            var weights = new T[layer.Outputs * layer.Inputs];
            from.CopyWeightsTo(layer.Index, weights);
            to.CopyWeightsFrom(layer.Index, [.. weights.Select(double.CreateChecked)]);
            for (int o = 0; o < layer.Outputs; o++)
            {
                // Biases begin at zero; others say more.
                from.B(layer.Index)[o] = T.CreateTruncating(((o % 5) - 2) * 0.0625);
                to.B(layer.Index)[o] = double.CreateChecked(from.B(layer.Index)[o]);
            }
        }
    }

    // Relative to the largest number of the matrix: a small one is a sum in which larger ones cancel.
    private static void AssertClose<T>(string what, ReadOnlyTensorSpan<double> expected, ReadOnlyTensorSpan<T> actual, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        Assert.Equal(expected.Lengths.ToArray(), actual.Lengths.ToArray());
        var wanted = new double[expected.FlattenedLength];
        expected.FlattenTo(wanted);
        var got = new T[actual.FlattenedLength];
        actual.FlattenTo(got);
        double largest = wanted.Max(Math.Abs);
        for (int i = 0; i < got.Length; i++)
        {
            double difference = Math.Abs(wanted[i] - double.CreateChecked(got[i]));
            Assert.True(difference <= tolerance * largest, $"{what}: number {i} is {got[i]}; expected {wanted[i]}, off by {difference / largest} of the largest.");
        }
    }
}
