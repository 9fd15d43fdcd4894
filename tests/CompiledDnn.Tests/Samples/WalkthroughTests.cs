using System.Globalization;
using Samples.Walkthrough;
using Xunit;

namespace CompiledDnn.Tests;

public class WalkthroughTests
{
    private const string Printed = "[[ 0.44090989  0.        ]\n [ 0.37883606  0.        ]\n [-0.2298228   0.        ]]";

    [Fact]
    public void Every_printed_number_is_the_notebooks()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var page = new Page(text);

        Initialization.Run(page);
        ForwardPropagation.Run(page);
        LayerBackward.Run(page);
        ModelBackward.Run(page);
        UpdateParameters.Run(page);

        Assert.Equal((30, 0), (page.Compared, page.Different));
        Assert.Equal(24, text.ToString().Split("    as in the notebook").Length - 1);
        Assert.DoesNotContain("NOT", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4e-9, 0)]
    [InlineData(6e-9, 1)]
    [InlineData(double.NaN, 1)]
    public void A_number_that_differs_in_its_eighth_decimal_is_found(double difference, int expected)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var page = new Page(text);

        page.Show("db", new[,] { { 0.5 + difference } }, "[[0.5]]");

        Assert.Equal((1, expected), (page.Compared, page.Different));
        Assert.Equal(expected == 1, text.ToString().Contains("NOT as in the notebook", StringComparison.Ordinal));
    }

    [Fact]
    public void A_matrix_of_another_shape_is_found()
    {
        var page = new Page(TextWriter.Null);

        page.Show("b", new double[,] { { 1, 2 } }, "[[1.]\n [2.]]");

        Assert.Equal(1, page.Different);
    }

    [Theory]
    [InlineData(Printed)]
    [InlineData("[[0.17007265 0.2524272 ]]")]
    [InlineData("[[0.]\n [0.]]")]
    [InlineData("[[-0.59562069 12.5       ]]")]
    public void Matrices_are_printed_as_NumPy_prints_them(string text) => Assert.Equal(text, NumPyText.Print(NumPyText.Parse(text)));
}
