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
        new DenseKernelCase<float, N1100, N600>().CheckLanes(25);

    internal readonly struct N600 : ISize
    {
        public static int Value => 600;
    }

    internal readonly struct N1100 : ISize
    {
        public static int Value => 1100;
    }
}
