using System.Globalization;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The kernels of small networks' steps, for all pairs of widths around the vectors', each with every vector that is as wide.</summary>
public class SmallStepKernelTests
{
    // Around one, two and three tiles of 12 and of 16 rows.
    private static readonly int[] s_batches = [.. Sizes.Batches, 10, 11, 12, 13, 14, 15, 25, 32, 40];

    /// <summary>Rows of a gradient: around one, two and three tiles.</summary>
    public static TheoryData<string> Inputs => ["N1", "N2", "N4", "N5", "N9", "N16", "N17", "N33"];

    public static TheoryData<string> Widths => [.. Sizes.All.Where(size => size.Name is not ("N63" or "N64" or "N65" or "N100")).Select(size => size.Name)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Products_equal_plain_loops(string inputs)
    {
        foreach (string outputs in (string[])["N1", "N2", "N3", "N4", "N5", "N7", "N8", "N9", "N15", "N16", "N17", "N31", "N32"])
        {
            Check(inputs, outputs, static (kernels, m) => kernels.CheckProducts(m));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_single_output_equals_plain_loops(string inputs) => Check(inputs, "N1", static (kernels, m) => kernels.CheckDot(m));

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_loss_with_its_derivative_equals_both_by_themselves(string outputs)
    {
        Check("N1", outputs, static (kernels, m) => kernels.CheckLoss(m));

        // Around where sums in T end that are added up in double, once and twice.
        int chunk = (1024 + Width(outputs) - 1) / Width(outputs);
        Check("N1", outputs, [chunk - 1, chunk, chunk + 1, (2 * chunk) - 1, (2 * chunk) + 3], static (kernels, m) => kernels.CheckLoss(m));
    }

    private static void Check(string inputs, string outputs, Action<ISmallStepKernelCase, int> check) =>
        Check(inputs, outputs, s_batches, check);

    private static void Check(string inputs, string outputs, int[] batches, Action<ISmallStepKernelCase, int> check)
    {
        foreach (Type number in (Type[])[typeof(float), typeof(double)])
        {
            var kernels = (ISmallStepKernelCase)Activator.CreateInstance(
                typeof(SmallStepKernelCase<,,>).MakeGenericType(number, Size(inputs), Size(outputs)))!;
            foreach (int m in batches)
            {
                check(kernels, m);
            }
        }
    }

    private static int Width(string name) => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);

    private static Type Size(string name) => Sizes.All.Single(type => type.Name == name);
}
