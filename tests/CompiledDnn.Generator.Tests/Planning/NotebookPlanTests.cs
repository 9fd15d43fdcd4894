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
            new(1, 12288, 20, KernelFamily.Dot, "wide input, few outputs", 0, 251_840, 12_592, 251_840, 32, 12_288, 12_288, 32, true),
            new(2, 20, 7, KernelFamily.Lanes, "lanes across outputs", 251_872, 320, 16, 252_192, 16, 32, 32, 16, false),
            new(3, 7, 5, KernelFamily.Lanes, "lanes across outputs", 252_208, 112, 16, 252_320, 16, 16, 16, 16, false),
            new(4, 5, 1, KernelFamily.Dot, "one output", 252_336, 16, 16, 252_352, 16, 16, 16, 1, true),
        ];

        NetworkPlan plan = NetworkPlanner.Plan(s_sizes, [true, false, false, true], Plans.Float);

        Assert.Equal(expected, plan.Layers);
        Assert.Equal(new NetworkPlan(4, new(expected), 252_368, 0, new ScratchPlan(0, 32, 16, true, true), ChainsOneExample: true), plan);
    }

    [Fact]
    public void In_double_a_row_is_a_multiple_of_eight_numbers()
    {
        LayerPlan[] expected =
        [
            new(1, 12288, 20, KernelFamily.Dot, "wide input, few outputs", 0, 248_800, 12_440, 248_800, 24, 12_288, 12_288, 24, false),
            new(2, 20, 7, KernelFamily.Lanes, "lanes across outputs", 248_824, 160, 8, 248_984, 8, 24, 24, 8, false),
            new(3, 7, 5, KernelFamily.Lanes, "lanes across outputs", 248_992, 56, 8, 249_048, 8, 8, 8, 8, false),
            new(4, 5, 1, KernelFamily.Dot, "one output", 249_056, 8, 8, 249_064, 8, 8, 8, 1, false),
        ];

        NetworkPlan plan = Plans.OfDouble(s_sizes);

        Assert.Equal(expected, plan.Layers);
        Assert.Equal(new NetworkPlan(8, new(expected), 249_072, 0, new ScratchPlan(0, 24, 8, true, true), ChainsOneExample: true), plan);
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
