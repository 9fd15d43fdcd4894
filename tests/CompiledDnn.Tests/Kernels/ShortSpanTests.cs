using CompiledDnn.Kernels;
using Xunit;
using Lanes = CompiledDnn.Tests.Kernels.LanesLayer<float, CompiledDnn.Tests.Kernels.Sizes.N17, CompiledDnn.Tests.Kernels.Sizes.N5>;
using Dot = CompiledDnn.Tests.Kernels.DotLayer<float, CompiledDnn.Tests.Kernels.Sizes.N17, CompiledDnn.Tests.Kernels.Sizes.N5>;

namespace CompiledDnn.Tests.Kernels;

/// <summary>A kernel that is called directly with a span of one number too few throws and touches nothing outside.</summary>
public class ShortSpanTests
{
    private const int M = 3;

    // A line of 16 floats: 17 inputs take two, 5 outputs one; dot products have rows of weights one line longer.
    private static readonly int[] s_lanesForward = [M * 17, 17 * 16, 16, M * 16, M * 16];
    private static readonly int[] s_dotForward = [M * 32, 5 * 48, 16, M * 16, M * 16];

    public static TheoryData<string> Kernels => [.. Calls.Keys];

    private static Dictionary<string, (int[] Lengths, Action<float[][], int[]> Call)> Calls { get; } = new()
    {
        ["forward lanes"] = (s_lanesForward, (s, _) => DenseForward.Lanes<float, Lanes, ReLU<float>>(s[0], s[1], s[2], s[3], s[4], M)),
        ["forward lanes row"] = (s_lanesForward, (s, _) => DenseForward.LanesRow<float, Lanes, Softmax<float>>(s[0], s[1], s[2], s[3], s[4], M)),
        ["forward dot"] = (s_dotForward, (s, _) => DenseForward.Dot<float, Dot, ReLU<float>>(s[0], s[1], s[2], s[3], s[4], M)),
        ["forward dot row"] = (s_dotForward, (s, _) => DenseForward.DotRow<float, Dot, Softmax<float>>(s[0], s[1], s[2], s[3], s[4], M)),
        ["gradient lanes"] = ([M * 17, M * 16, 17 * 16, 16], (s, _) => DenseGradient.Lanes<float, Lanes>(s[0], s[1], s[2], s[3], M, Share.Whole)),
        ["gradient dot"] = ([M * 32, M * 16, 5 * 48, 16], (s, _) => DenseGradient.Dot<float, Dot>(s[0], s[1], s[2], s[3], M, Share.Whole)),
        ["descend lanes"] = ([M * 17, M * 16, 17 * 16, 16], (s, _) => DenseGradient.DescendLanes<float, Lanes>(s[0], s[1], s[2], s[3], 1, M, Share.Whole)),
        ["descend dot"] = ([M * 32, M * 16, 5 * 48, 16], (s, _) => DenseGradient.DescendDot<float, Dot>(s[0], s[1], s[2], s[3], 1, M, Share.Whole)),
        ["backward lanes"] = ([17 * 16, M * 16, M * 32], (s, _) => DenseBackward.Lanes<float, Lanes>(s[0], s[1], s[2], M, M)),
        ["backward dot"] = ([5 * 48, M * 16, M * 32], (s, _) => DenseBackward.Dot<float, Dot>(s[0], s[1], s[2], M)),
        ["derivative from output"] = ([M * 16, M * 16], (s, _) => ActivationGradient.FromOutput<float, Lanes, Tanh<float>>(s[0], s[1], M)),
        ["derivative from input"] = ([M * 16, M * 16], (s, _) => ActivationGradient.FromInput<float, Lanes, SiLU<float>>(s[0], s[1], M)),
        ["derivative of rows"] = ([Last, Last], (s, _) => ActivationGradient.Rows<float, Lanes, Softmax<float>>(s[0], s[1], M)),
        ["gradient elementwise"] =
            ([M * 16, M * 5, M * 16], (s, _) => LossGradient.Elementwise<float, Lanes, MeanSquaredError<float>>(s[0], s[1], s[2], M)),
        ["gradient fused elementwise"] =
            ([M * 16, M * 16, M * 5, M * 16],
            (s, _) => LossGradient.FusedElementwise<float, Lanes, Sigmoid<float>, BinaryCrossEntropy<float>>(s[0], s[1], s[2], s[3], M)),
        ["gradient of labels"] =
            ([Last, Last, Last],
            (s, labels) => LossGradient.FusedLabels<float, Lanes, Softmax<float>, CategoricalCrossEntropy<float>>(s[0], s[1], labels, s[2], M)),
        ["cost elementwise"] = ([M * 16, M * 5], (s, _) => LossCost.Elementwise<float, Lanes, MeanSquaredError<float>>(s[0], s[1], M)),
        ["cost fused elementwise"] =
            ([M * 16, M * 5], (s, _) => LossCost.FusedElementwise<float, Lanes, Sigmoid<float>, BinaryCrossEntropy<float>>(s[0], s[1], M)),
        ["cost of labels"] =
            ([Last], (s, labels) => LossCost.FusedLabels<float, Lanes, Softmax<float>, CategoricalCrossEntropy<float>>(s[0], labels, M)),
        ["pack"] = ([M * 17, M * 32], (s, _) => Rows.Pack<float, Dot>(s[0], s[1], M)),
        ["unpack"] = ([Last, M * 5], (s, _) => Rows.Unpack<float, Lanes>(s[0], s[1], M)),
    };

    // What goes row by row needs only the numbers of the last row.
    private static int Last => ((M - 1) * 16) + 5;

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_span_that_is_one_number_short_is_refused(string kernel)
    {
        (int[] lengths, Action<float[][], int[]> call) = Calls[kernel];
        call(Spans(lengths, -1), new int[M]);

        for (int shortened = 0; shortened < lengths.Length; shortened++)
        {
            Assert.ThrowsAny<ArgumentException>(() => call(Spans(lengths, shortened), new int[M]));
        }
    }

    [Theory]
    [InlineData(15, 16)]
    [InlineData(16, 15)]
    public void A_parameter_block_and_gradients_of_other_lengths_are_refused(int parameters, int gradients) =>
        Assert.ThrowsAny<ArgumentException>(() => ParameterUpdate.Descend<float>(new float[parameters], new float[gradients], 1));

    [Fact]
    public void Too_few_labels_are_refused()
    {
        var rows = new float[M * 16];

        Assert.ThrowsAny<ArgumentException>(
            () => LossCost.FusedLabels<float, Lanes, Softmax<float>, CategoricalCrossEntropy<float>>(rows, new int[M - 1], M));
        Assert.ThrowsAny<ArgumentException>(
            () => LossGradient.FusedLabels<float, Lanes, Softmax<float>, CategoricalCrossEntropy<float>>(rows, rows, new int[M - 1], rows, M));
    }

    [Fact]
    public void Targets_that_are_not_whole_rows_are_refused()
    {
        var rows = new float[M * 16];

        Assert.ThrowsAny<ArgumentException>(
            () => LossCost.FusedRow<float, Lanes, Softmax<float>, CategoricalCrossEntropy<float>>(rows, new float[(M * 5) - 1], M));
        Assert.ThrowsAny<ArgumentException>(
            () => LossCost.Row<float, Lanes, CategoricalCrossEntropy<float>>(rows, new float[(M * 5) - 1], M));
        Assert.ThrowsAny<ArgumentException>(
            () => LossGradient.FusedRow<float, Lanes, Softmax<float>, CategoricalCrossEntropy<float>>(rows, rows, new float[(M * 5) - 1], rows, M));
        Assert.ThrowsAny<ArgumentException>(
            () => LossGradient.Row<float, Lanes, CategoricalCrossEntropy<float>>(rows, new float[(M * 5) - 1], rows, M));
    }

    // A negative shortened means none.
    private static float[][] Spans(int[] lengths, int shortened) =>
        [.. lengths.Select((length, i) => new float[i == shortened ? length - 1 : length])];
}
