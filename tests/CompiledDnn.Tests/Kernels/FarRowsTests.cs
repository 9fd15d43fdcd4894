using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Layers so wide that rows of their weights lie pages apart: panels are copied together where enough rows use them.</summary>
public class FarRowsTests
{
    // Around the rows from which a copy is worth making, and the tiles after that.
    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(31)]
    [InlineData(191)]
    [InlineData(193)]
    public void Products_of_wide_layers_equal_plain_loops(int m)
    {
        new DenseKernelCase<float, Sizes.N33, N600>().CheckLanes(m);
        new DenseKernelCase<double, Sizes.N33, N600>().CheckLanes(m);
        new DenseKernelCase<float, Sizes.N5, N600>().CheckLanes(m);
    }

    [Fact]
    public void More_terms_than_a_copy_holds_equal_plain_loops() =>
        new DenseKernelCase<float, N2100, N600>().CheckLanes(25);

    // A gradient whose inputs and outputs both lie pages apart: its inputs go in whole tiles and a rest, all at once up to 546 examples, then in
    // parts; from 1025 examples on these go in chunks.
    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(546)]
    [InlineData(547)]
    [InlineData(1025)]
    public void Gradients_of_wide_layers_with_wide_inputs_equal_plain_loops(int m) =>
        new DenseKernelCase<double, N300, N260>().CheckLanes(m);

    // The same with outputs half as wide, whose panels are not copied, and so narrow that the inputs are not copied either.
    [Theory]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(700)]
    [InlineData(2049)]
    public void Gradients_of_wide_inputs_equal_plain_loops(int m)
    {
        new DenseKernelCase<double, N300, N130>().CheckLanes(m);
        new DenseKernelCase<double, N300, Sizes.N33>().CheckLanes(m);
    }

    [Fact]
    public void Gradients_of_wide_layers_with_wide_inputs_equal_plain_loops_in_float() =>
        new DenseKernelCase<float, N1100, N600>().CheckLanes(9);

    internal readonly struct N130 : ISize
    {
        public static int Value => 130;
    }

    internal readonly struct N260 : ISize
    {
        public static int Value => 260;
    }

    internal readonly struct N300 : ISize
    {
        public static int Value => 300;
    }

    internal readonly struct N600 : ISize
    {
        public static int Value => 600;
    }

    internal readonly struct N1100 : ISize
    {
        public static int Value => 1100;
    }

    internal readonly struct N2100 : ISize
    {
        public static int Value => 2100;
    }
}
