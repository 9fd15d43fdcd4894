using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>
/// The bits of an example's outputs do not depend on how it is asked for, nor on what else is in the batch. One example by itself is
/// predicted by kernels of its own, which add in another order: it may differ in the last bits.
/// </summary>
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

    [Fact]
    public void DZ_of_several_outputs_does_not_depend_on_the_batch_either()
    {
        var net = new NineLayers(seed: 7);
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, M * 3).Select(_ => (float)random.NextDouble())];
        float[] y = [.. Enumerable.Range(0, M * 4).Select(_ => (float)random.NextDouble())];
        NineLayers.Workspace all = net.CreateWorkspace(M);
        NineLayers.Workspace alone = net.CreateWorkspace(1);
        net.Forward(x, all);
        net.OutputGradient(y, all);

        for (int example = 0; example < M; example++)
        {
            net.Forward(x.AsSpan(example * 3, 3), alone);
            net.OutputGradient(y.AsSpan(example * 4, 4), alone);

            for (int output = 0; output < 4; output++)
            {
                Assert.Equal(all.DZ9[example, output], alone.DZ9[0, output]);
            }
        }
    }

    [Fact]
    public void One_example_has_the_same_bits_wherever_it_lies_in_memory()
    {
        var net = new SoftmaxOutput(seed: 7);
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, 64).Select(_ => (float)random.NextDouble())];
        var expected = new float[10];
        net.Predict(x, expected);

        for (int offset = 0; offset < 20; offset++)
        {
            var memory = new float[64 + offset];
            x.CopyTo(memory, offset);
            var outputs = new float[10 + offset];
            net.Predict(memory.AsSpan(offset), outputs.AsSpan(offset));

            Assert.Equal(expected, outputs[offset..]);
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
                if (m == 1)
                {
                    AssertClose(net.Shape, first, wanted, predicted);
                }
                else
                {
                    Assert.True(wanted.AsSpan().SequenceEqual(predicted), $"{net.Shape}: Predict of rows {first} to {first + m - 1}");
                }

                Assert.True(wanted.AsSpan().SequenceEqual(Forward(net, part)), $"{net.Shape}: Forward of rows {first} to {first + m - 1}");
            }
        }
    }

    // Sums in another order: their roundings differ by some units of the terms, which are of the order of one.
    private static void AssertClose<T>(NetworkShape shape, int example, T[] wanted, T[] predicted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T unit = T.BitIncrement(T.One) - T.One;
        T tolerance = T.CreateTruncating(64) * unit * T.Max(T.One, wanted.Max(T.Abs));
        for (int i = 0; i < wanted.Length; i++)
        {
            T difference = T.Abs(wanted[i] - predicted[i]);
            Assert.True(difference <= tolerance, $"{shape}: Predict of row {example} by itself: output {i} is {predicted[i]}; in a batch {wanted[i]}.");
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

    [Network(3, 20, 7, 16, 33, 5, 9, 2, 16, 4, Hidden = Activation.Tanh, Output = Activation.Identity)]
    public sealed partial class NineLayers;

    // Dot products in the middle, over a row that does not fill its last vector.
    [Network(3, 1030, 5, 1, Hidden = Activation.SiLU, Precision = Precision.Double)]
    public sealed partial class WideHiddenLayer;

    // A row is wider than the stack memory that a prediction may take.
    [Network(7, 9000, 3, Output = Activation.Identity)]
    public sealed partial class TooWideForTheStack;
}
