using System.Numerics;
using CompiledDnn.Tests.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Networks;

/// <summary>Inputs, targets and outputs of a caller that end where nobody may read or write, for networks of many shapes.</summary>
public class LastPageTests
{
    private static readonly Type[] s_families = [typeof(ComparedNetworks), typeof(OutputNetworks), typeof(SmallNetworks)];

    private static IEnumerable<Type> Types => s_families.SelectMany(family => family.GetNestedTypes());

    public static TheoryData<string> Networks => [.. Types.Select(type => $"{type.DeclaringType!.Name}.{type.Name}")];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Nothing_behind_them_is_touched(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pages are protected with Linux's own calls.");
        Type type = Types.Single(type => $"{type.DeclaringType!.Name}.{type.Name}" == name);
        object net = Activator.CreateInstance(type, 5, null)!;
        if (net is INetwork<float> single)
        {
            Run(single);
        }
        else
        {
            Run((INetwork<double>)net);
        }
    }

    private static void Run<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int m in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 100])
        {
            int inputs = m * net.Shape.InputSize, outputs = m * net.Shape.OutputSize, targets = m * net.Shape.TargetSize;
            using LastPage x = Page(inputs), a = Page(outputs), y = Page(targets), labels = Page(m), costs = Page(m);
            x.End<T>(inputs).Fill(T.CreateTruncating(0.25));
            y.End<T>(targets).Clear();
            labels.End<int>(m).Clear();

            net.Predict(x.End<T>(inputs), a.End<T>(outputs));
            NetworkWorkspace<T> state = net.CreateWorkspace(m);
            net.Forward(x.End<T>(inputs), state);
            for (int example = 0; example < m; example++)
            {
                Assert.Equal(state.Output(example).ToArray(), a.End<T>(outputs).Slice(example * net.Shape.OutputSize, net.Shape.OutputSize).ToArray(), Near);
            }

            T cost = net.Cost(y.End<T>(targets), state);
            Assert.True(T.IsFinite(cost));
            net.ExampleCosts(y.End<T>(targets), state, costs.End<T>(m));
            Assert.Equal(cost, T.CreateTruncating(costs.End<T>(m).ToArray().Average(value => double.CreateTruncating(value))), Near);
            costs.End<T>(m).Fill(T.One);
            Assert.Equal(cost, net.Cost(y.End<T>(targets), costs.End<T>(m), state), Near);
            net.OutputGradient(y.End<T>(targets), state);
            net.Backward(x.End<T>(inputs), state);

            Assert.Equal(cost, net.DescendStep(x.End<T>(inputs), y.End<T>(targets), state, T.Zero), Near);
            if (net.TakesLabels)
            {
                Assert.True(T.IsFinite(net.DescendStep(x.End<T>(inputs), labels.End<int>(m), state, T.Zero)));
            }
        }
    }

    private static bool Near<T>(T first, T second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Math.Abs(double.CreateTruncating(first - second)) <= 1e-5 * (1 + Math.Abs(double.CreateTruncating(first)));

    private static LastPage Page(int numbers) => new(numbers * sizeof(double));
}
