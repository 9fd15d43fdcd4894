using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The bits of an example's outputs do not depend on how it is asked for, nor on what else is in the batch.</summary>
public partial class BitTests
{
    private const int M = 97;

    public static TheoryData<string> Networks =>
        [.. typeof(BitTests).GetNestedTypes().Where(type => type.GetInterfaces().Any(IsNetwork)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Predict_equals_Forward_bit_for_bit_however_the_batch_is_split(string network)
    {
        object net = Activator.CreateInstance(typeof(BitTests).GetNestedType(network)!, 7, null)!;
        if (net is INetwork<float> single)
        {
            Check(single);
        }
        else
        {
            Check((INetwork<double>)net);
        }
    }

    [Fact]
    public void DZ_of_an_example_does_not_depend_on_its_batch()
    {
        var net = new LogCoshLoss(seed: 7);
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, M * 3).Select(_ => (float)random.NextDouble())];
        float[] y = [.. Enumerable.Range(0, M).Select(_ => (float)random.NextDouble())];
        LogCoshLoss.Workspace all = net.CreateWorkspace(M);
        LogCoshLoss.Workspace alone = net.CreateWorkspace(1);
        net.Forward(x, all);
        net.OutputGradient(y, all);

        for (int example = 0; example < M; example++)
        {
            net.Forward(x.AsSpan(example * 3, 3), alone);
            net.OutputGradient(y.AsSpan(example, 1), alone);

            Assert.Equal(all.DZ1[example, 0], alone.DZ1[0, 0]);
        }
    }

    private static bool IsNetwork(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(INetwork<>);

    private static void Check<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(3);
        int inputs = net.Shape.InputSize;
        int outputs = net.Shape.OutputSize;
        T[] x = [.. Enumerable.Range(0, M * inputs).Select(_ => T.CreateTruncating((4 * random.NextDouble()) - 2))];
        T[] expected = Forward(net, x);

        foreach (int rows in (int[])[1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 33, 64, 65, 96, M])
        {
            for (int first = 0; first < M; first += rows)
            {
                int m = Math.Min(rows, M - first);
                T[] part = x[(first * inputs)..((first + m) * inputs)];
                var predicted = new T[m * outputs];
                net.Predict(part, predicted);

                T[] wanted = expected[(first * outputs)..((first + m) * outputs)];
                Assert.True(wanted.AsSpan().SequenceEqual(predicted), $"{net.Shape}: Predict of rows {first} to {first + m - 1}");
                Assert.True(wanted.AsSpan().SequenceEqual(Forward(net, part)), $"{net.Shape}: Forward of rows {first} to {first + m - 1}");
            }
        }
    }

    private static T[] Forward<T>(INetwork<T> net, T[] x)
        where T : unmanaged
    {
        int m = x.Length / net.Shape.InputSize;
        NetworkWorkspace<T> state = net.CreateWorkspace(m);
        net.Forward(x, state);
        return [.. Enumerable.Range(0, m).SelectMany(example => state.Output(example).ToArray())];
    }

    [Network(3, 1)]
    public sealed partial class OneOutput;

    [Network(3, 1, Precision = Precision.Double)]
    public sealed partial class OneOutputDouble;

    [Network(5, 7, 1, Hidden = Activation.Tanh, Output = Activation.Tanh)]
    public sealed partial class TanhOutput;

    [Network(5, 7, 1, Hidden = Activation.Softplus, Output = Activation.Softplus, Precision = Precision.Double)]
    public sealed partial class SoftplusOutputDouble;

    [Network(5, 9, 1, Hidden = Activation.GELU, Output = Activation.GELU)]
    public sealed partial class GELUOutput;

    [Network(5, 9, 1, Hidden = Activation.ELU, Output = Activation.ELU, Precision = Precision.Double)]
    public sealed partial class ELUOutputDouble;

    [Network(30, 16, 8, 1, Hidden = Activation.SiLU, Output = Activation.SiLU)]
    public sealed partial class SiLUOutput;

    [Network(64, 33, 10, Output = Activation.Softmax)]
    public sealed partial class SoftmaxOutput;

    [Network(9, 17, 16, Output = Activation.Softmax, Precision = Precision.Double)]
    public sealed partial class SoftmaxOfWholeLines;

    [Network(1024, 5, 1)]
    public sealed partial class WideInput;

    [Network(1030, 7, Output = Activation.Sigmoid, Precision = Precision.Double)]
    public sealed partial class WidePackedInput;

    [Network(3, 1, Output = Activation.Tanh, LossType = typeof(Gradients.Customs.LogCosh<>))]
    public sealed partial class LogCoshLoss;

    // A row is wider than the stack memory that a prediction may take.
    [Network(7, 9000, 3, Output = Activation.Identity)]
    public sealed partial class TooWideForTheStack;
}
