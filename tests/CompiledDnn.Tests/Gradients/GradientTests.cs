using System.Reflection;
using System.Numerics.Tensors;
using Xunit;

namespace CompiledDnn.Tests.Gradients;

/// <summary>Gradients of generated networks in double against central differences of their cost: ‖g − n‖ / (‖g‖ + ‖n‖) ≤ 1e-7.</summary>
public class GradientTests
{
    // A wide network is checked at so many of its weights and inputs, drawn at random.
    private const int MostNumbers = 64;

    private static readonly Type[] s_holders = [typeof(OutputPairs), typeof(HiddenActivations), typeof(Shapes), typeof(Customs)];

    public static TheoryData<string> Networks => [.. s_holders.SelectMany(Declared).Select(type => type.FullName!)];

    public static TheoryData<string> NetworksWithLabels =>
        [.. s_holders.SelectMany(Declared).Where(type => Create(type).TakesLabels).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_are_the_differences_of_the_cost(string network)
    {
        foreach (int m in (int[])[1, 2, 3, 7, 16, 33])
        {
            Check(network, m, labels: false);
        }
    }

    [Theory]
    [MemberData(nameof(NetworksWithLabels))]
    public void Gradients_of_labels_are_the_differences_of_their_cost(string network)
    {
        foreach (int m in (int[])[1, 2, 3, 7, 16, 33])
        {
            Check(network, m, labels: true);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weighted_gradients_are_the_differences_of_the_weighted_cost(string network)
    {
        foreach (int m in (int[])[2, 7, 33])
        {
            Check(network, m, labels: false, weighted: true);
        }
    }

    [Theory]
    [MemberData(nameof(NetworksWithLabels))]
    public void Weighted_gradients_of_labels_are_the_differences_of_their_weighted_cost(string network)
    {
        foreach (int m in (int[])[2, 7, 33])
        {
            Check(network, m, labels: true, weighted: true);
        }
    }

    [Fact]
    public void Every_pair_of_output_activation_and_loss_that_fits_is_declared()
    {
        var declared = Declared(typeof(OutputPairs))
            .Select(type => type.GetCustomAttribute<NetworkAttribute>()!)
            .Select(network => (network.Output, network.Loss))
            .ToHashSet();
        var fitting =
            from output in Enum.GetValues<Activation>()
            from loss in Enum.GetValues<Loss>()
            where loss != Loss.FromOutput
            where loss != Loss.BinaryCrossEntropy || output is Activation.Sigmoid or Activation.Softmax
            where loss != Loss.CategoricalCrossEntropy || output is Activation.Softmax
            select (output, loss);

        Assert.Equal(fitting.Order(), declared.Order());
    }

    [Fact]
    public void Every_activation_that_works_on_single_numbers_is_hidden_once()
    {
        var declared = Declared(typeof(HiddenActivations)).Select(type => type.GetCustomAttribute<NetworkAttribute>()!.Hidden).ToHashSet();

        Assert.Equal(Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax), declared.Order());
    }

    private static IEnumerable<Type> Declared(Type holder) =>
        holder.GetNestedTypes().Where(type => type.IsAssignableTo(typeof(INetwork<double>)));

    private static INetwork<double> Create(Type type) => (INetwork<double>)Activator.CreateInstance(type, 0, null)!;

    private static void Check(string network, int m, bool labels, bool weighted = false)
    {
        var problem = new GradientProblem(typeof(GradientTests).Assembly.GetType(network, throwOnError: true)!, m, seed: 17 + m);
        if (weighted)
        {
            problem.DrawWeights();
        }

        problem.Backward(labels);
        double[] gradients = problem.State.Gradients.ToArray();
        double[] inputs = DA0(problem);
        int[] places = Numbers(problem.Net.Shape);

        // Padding is zero.
        Assert.DoesNotContain(Enumerable.Range(0, gradients.Length).Except(places), place => gradients[place] != 0);

        int[] weights = Draw(places, m);
        CheckNorm(
            [.. weights.Select(place => gradients[place])],
            [.. weights.Select(place => problem.Difference(ref problem.Net.Parameters.Span[place], labels))],
            $"{problem.Net.Shape}, m = {m}: gradients");

        // DA0 does not carry the 1/m.
        int[] features = Draw([.. Enumerable.Range(0, inputs.Length)], m);
        CheckNorm(
            [.. features.Select(place => inputs[place])],
            [.. features.Select(place => m * problem.Difference(ref problem.X[place], labels))],
            $"{problem.Net.Shape}, m = {m}: DA0");
    }

    private static void CheckNorm(double[] gradients, double[] differences, string what)
    {
        double[] error = [.. gradients.Zip(differences, (g, n) => g - n)];
        double size = TensorPrimitives.Norm<double>(gradients) + TensorPrimitives.Norm<double>(differences);
        double quotient = TensorPrimitives.Norm<double>(error) / size;

        Assert.True(size > 1e-3, $"{what} are too small to say anything: {size}.");
        Assert.True(quotient <= 1e-7, $"{what} differ from differences of the cost: ‖g − n‖ / (‖g‖ + ‖n‖) = {quotient}.");
    }

    private static double[] DA0(GradientProblem problem)
    {
        var inputs = new double[problem.X.Length];
        problem.State.DA0View().FlattenTo(inputs);
        return inputs;
    }

    // Where the weights and biases lie in the block.
    private static int[] Numbers(NetworkShape shape) =>
        [.. from layer in shape.Layers.ToArray()
            from output in Enumerable.Range(0, layer.Outputs)
            from place in Enumerable.Range(0, layer.Inputs)
                .Select(input => layer.WeightOffset + (output * layer.OutputStride) + (input * layer.InputStride))
                .Append(layer.BiasOffset + output)
            select place];

    private static int[] Draw(int[] places, int seed)
    {
        if (places.Length <= MostNumbers)
        {
            return places;
        }

        new Random(seed).Shuffle(places);
        return places[..MostNumbers];
    }
}
