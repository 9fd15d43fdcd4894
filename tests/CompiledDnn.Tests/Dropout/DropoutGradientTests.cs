using System.Numerics.Tensors;
using Xunit;

namespace CompiledDnn.Tests.Dropout;

/// <summary>With the masks of one step held fast, gradients are the differences of the cost: ‖g − n‖ / (‖g‖ + ‖n‖) ≤ 1e-7.</summary>
public class DropoutGradientTests
{
    private const int Step = 7;
    private const int MostNumbers = 64;

    public static TheoryData<string> Networks => [.. typeof(DropoutNetworks).GetNestedTypes().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_are_the_differences_of_the_cost(string name)
    {
        Type type = typeof(DropoutNetworks).GetNestedType(name)!;
        foreach (int m in (int[])[1, 3, 17])
        {
            foreach (WorkspaceOptions more in (WorkspaceOptions[])[WorkspaceOptions.None, WorkspaceOptions.KeepZ])
            {
                Check((INetwork<double>)Activator.CreateInstance(type, 5, null)!, m, more);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_in_one_call_does_the_same(string name)
    {
        const int M = 9;
        Type type = typeof(DropoutNetworks).GetNestedType(name)!;
        var alone = (INetwork<double>)Activator.CreateInstance(type, 5, null)!;
        var descended = (INetwork<double>)Activator.CreateInstance(type, 5, null)!;
        var trained = (INetwork<double>)Activator.CreateInstance(type, 5, null)!;
        (double[] x, double[] y) = Draw(alone.Shape, M, new Random(1));
        NetworkWorkspace<double> state = alone.CreateWorkspace(M, WorkspaceOptions.Training);
        alone.Forward(x, state);
        double cost = alone.Cost(y, state);
        alone.OutputGradient(y, state);
        alone.Backward(x, state);
        alone.Update(state, 0.25);

        double descendedCost = descended.DescendStep(x, y, descended.CreateWorkspace(M, WorkspaceOptions.Training), 0.25);
        double trainedCost = trained.TrainStep(
            x, y, trained.CreateWorkspace(M, WorkspaceOptions.Training), Optimizer.GradientDescent(0.25).CreateState<double>(trained.Parameters.Span.Length));

        Assert.Equal(cost, descendedCost);
        Assert.Equal(cost, trainedCost);
        Assert.True(TensorPrimitives.Distance<double>(alone.Parameters.Span, descended.Parameters.Span) < 1e-13);
        Assert.True(TensorPrimitives.Distance<double>(alone.Parameters.Span, trained.Parameters.Span) < 1e-13);
    }

    private static void Check(INetwork<double> net, int m, WorkspaceOptions more)
    {
        var random = new Random(m);
        NetworkWorkspace<double> state = net.CreateWorkspace(m, WorkspaceOptions.Training | WorkspaceOptions.InputGradient | more);
        foreach (LayerInfo layer in net.Shape.Layers)
        {
            foreach (ref double bias in net.Parameters.B(layer.Index)[..layer.Outputs])
            {
                bias = random.NextDouble() - 0.3;
            }
        }

        (double[] x, double[] y) = Draw(net.Shape, m, random);
        Forward();
        net.OutputGradient(y, state);
        net.Backward(x, state);
        double[] gradients = state.Gradients.ToArray();
        double[] inputs = new double[x.Length];
        state.DA0View().FlattenTo(inputs);

        int[] places = [.. Enumerable.Range(0, gradients.Length).Where(i => gradients[i] != 0)];
        random.Shuffle(places);
        places = places[..Math.Min(MostNumbers, places.Length)];
        int[] features = [.. Enumerable.Range(0, x.Length)];
        random.Shuffle(features);
        features = features[..Math.Min(MostNumbers, features.Length)];
        AssertClose([.. places.Select(i => gradients[i])], [.. places.Select(i => Difference(ref net.Parameters.Span[i]))], $"{net.Shape}, m = {m}");
        AssertClose([.. features.Select(i => inputs[i])], [.. features.Select(i => m * Difference(ref x[i]))], $"{net.Shape}, m = {m}: DA0");

        void Forward()
        {
            state.DropoutStep = Step;
            net.Forward(x, state);
        }

        double Difference(ref double number)
        {
            double before = number;
            const double H = 1e-5;
            number = before + H;
            Forward();
            double above = net.Cost(y, state);
            number = before - H;
            Forward();
            double below = net.Cost(y, state);
            number = before;
            return (above - below) / (2 * H);
        }
    }

    private static (double[] X, double[] Y) Draw(NetworkShape shape, int m, Random random) =>
        ([.. Enumerable.Range(0, m * shape.InputSize).Select(_ => (2 * random.NextDouble()) - 1)],
            [.. Enumerable.Range(0, m * shape.TargetSize).Select(_ => random.NextDouble())]);

    private static void AssertClose(double[] gradients, double[] differences, string what)
    {
        double size = TensorPrimitives.Norm<double>(gradients) + TensorPrimitives.Norm<double>(differences);
        double quotient = TensorPrimitives.Distance<double>(gradients, differences) / size;
        Assert.True(size > 1e-3, $"{what}: gradients are too small to say anything: {size}.");
        Assert.True(quotient <= 1e-7, $"{what}: ‖g − n‖ / (‖g‖ + ‖n‖) = {quotient}.");
    }
}
