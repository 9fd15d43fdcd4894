using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Planning;
using CompiledDnn.Generator.Tests.Parsing;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>The notebook's network, worked out by hand.</summary>
public class NotebookPlanTests
{
    private static readonly int[] s_sizes = [12288, 20, 7, 5, 1];

    [Theory]
    [InlineData(Plans.Float)]
    [InlineData(Plans.Double)]
    public void Its_parameters_and_operations_are_counted_without_padding(int elementSize)
    {
        NetworkPlan plan = Plans.Of(elementSize, s_sizes);

        Assert.Equal([245_780, 147, 40, 6], plan.Layers.Select(layer => layer.Parameters));
        Assert.Equal(245_973, plan.ParameterCount);
        Assert.Equal(491_880, plan.PredictOperations);
        Assert.Equal(984_120, plan.TrainOperations);
    }

    [Fact]
    public void In_float_a_row_is_a_multiple_of_sixteen_numbers()
    {
        LayerPlan[] expected =
        [
            new(1, 12288, 20, KernelFamily.Dot, "wide input, few outputs", 0, 246_080, 12_304, 246_080, 32, 12_288, 12_288, 32, true),
            new(2, 20, 7, KernelFamily.Lanes, "lanes across outputs", 246_112, 320, 16, 246_432, 16, 32, 32, 16, false),
            new(3, 7, 5, KernelFamily.Lanes, "lanes across outputs", 246_448, 112, 16, 246_560, 16, 16, 16, 16, false),
            new(4, 5, 1, KernelFamily.Dot, "one output", 246_576, 16, 16, 246_592, 16, 16, 16, 1, true),
        ];

        NetworkPlan plan = NetworkPlanner.Plan(s_sizes, [true, false, false, true], Plans.Float);

        Assert.Equal(expected, plan.Layers);
        Assert.Equal(new NetworkPlan(4, new(expected), 246_608, 0, new ScratchPlan(0, 32, 16, true, true), ChainsOneExample: true), plan);
    }

    [Fact]
    public void In_double_a_row_is_a_multiple_of_eight_numbers()
    {
        LayerPlan[] expected =
        [
            new(1, 12288, 20, KernelFamily.Dot, "wide input, few outputs", 0, 245_920, 12_296, 245_920, 24, 12_288, 12_288, 24, false),
            new(2, 20, 7, KernelFamily.Lanes, "lanes across outputs", 245_944, 160, 8, 246_104, 8, 24, 24, 8, false),
            new(3, 7, 5, KernelFamily.Lanes, "lanes across outputs", 246_112, 56, 8, 246_168, 8, 8, 8, 8, false),
            new(4, 5, 1, KernelFamily.Dot, "one output", 246_176, 8, 8, 246_184, 8, 8, 8, 1, false),
        ];

        NetworkPlan plan = Plans.OfDouble(s_sizes);

        Assert.Equal(expected, plan.Layers);
        Assert.Equal(new NetworkPlan(8, new(expected), 246_192, 0, new ScratchPlan(0, 24, 8, true, true), ChainsOneExample: true), plan);
    }

    [Theory]
    [InlineData("[Network(12288, 20, 7, 5, 1)]", "245,973 parameters (984 kB), 492 kFLOP to predict one example, 984 kFLOP to train on it.")]
    [InlineData("[Network(12288, 20, 7, 5, 1, Precision = Precision.Double)]", "245,973 parameters (1,968 kB), 492 kFLOP to predict one example, 984 kFLOP to train on it.")]
    public void The_emitted_table_adds_it_up(string attribute, string sum)
    {
        string emitted = NetworkEmitter.Emit(Parse.Spec($"{attribute} partial class Net;"));

        Assert.Equal(2, emitted.Split(sum).Length - 1);
    }
}
