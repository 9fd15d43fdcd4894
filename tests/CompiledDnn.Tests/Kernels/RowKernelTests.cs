using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The kernels that work on rows, for all widths around the vectors'.</summary>
public class RowKernelTests
{
    public static TheoryData<string> Outputs => [.. Sizes.All.Select(size => size.Name)];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Activation_gradients_equal_plain_loops(string outputs) => Check(outputs, static (kernels, m) => kernels.CheckActivationGradients(m));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Losses_and_their_gradients_equal_plain_loops(string outputs) => Check(outputs, static (kernels, m) => kernels.CheckLosses(m));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Copies_and_updates_equal_plain_loops(string outputs) => Check(outputs, static (kernels, m) => kernels.CheckRows(m));

    private static void Check(string outputs, Action<IRowKernelCase, int> check)
    {
        Type size = Sizes.All.Single(type => type.Name == outputs);
        foreach (Type number in (Type[])[typeof(float), typeof(double)])
        {
            var kernels = (IRowKernelCase)Activator.CreateInstance(typeof(RowKernelCase<,>).MakeGenericType(number, size))!;
            foreach (int m in Sizes.Batches)
            {
                check(kernels, m);
            }
        }
    }
}
