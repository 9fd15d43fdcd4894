using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>The kernels for few examples and for a single output, for widths around the vectors' and around eight and sixteen of them.</summary>
public class FewKernelTests
{
    private static readonly Type[] s_wide = [typeof(N127), typeof(N128), typeof(N129), typeof(N257)];

    public static TheoryData<string> Inputs => ["N1", "N5", "N16", "N33"];

    public static TheoryData<string> Widths => [.. Sizes.All.Concat(s_wide).Select(size => size.Name)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Few_examples_equal_plain_loops(string inputs)
    {
        foreach (Type outputs in Sizes.All.Concat(s_wide))
        {
            Check(Size(inputs), outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_single_output_equals_plain_loops(string inputs) => Check(Size(inputs), typeof(Sizes.N1));

    // Rows so far apart that they are asked for ahead.
    [Fact]
    public void A_single_output_of_a_wide_layer_equals_plain_loops() => Check(typeof(N784), typeof(Sizes.N1));

    private static void Check(Type inputs, Type outputs)
    {
        foreach (Type number in (Type[])[typeof(float), typeof(double)])
        {
            var kernels = (IFewKernelCase)Activator.CreateInstance(typeof(FewKernelCase<,,>).MakeGenericType(number, inputs, outputs))!;
            for (int m = 1; m <= 8; m++)
            {
                kernels.Check(m);
            }
        }
    }

    private static Type Size(string name) => Sizes.All.Concat(s_wide).Single(type => type.Name == name);

    internal readonly struct N127 : ISize
    {
        public static int Value => 127;
    }

    internal readonly struct N128 : ISize
    {
        public static int Value => 128;
    }

    internal readonly struct N129 : ISize
    {
        public static int Value => 129;
    }

    internal readonly struct N257 : ISize
    {
        public static int Value => 257;
    }

    internal readonly struct N784 : ISize
    {
        public static int Value => 784;
    }
}
