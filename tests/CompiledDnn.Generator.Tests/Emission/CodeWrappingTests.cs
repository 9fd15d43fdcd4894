using CompiledDnn.Generator.Emission;
using Xunit;

namespace CompiledDnn.Generator.Tests.Emission;

public class CodeWrappingTests
{
    [Theory]
    [InlineData("Short(a, b);", 40, "Short(a, b);")]
    [InlineData("int x = Call(first, second, third);", 30, "int x = Call(\n    first, second, third);")]
    [InlineData("Call(first, second, third, fourth);", 30, "Call(\n    first,\n    second,\n    third,\n    fourth);")]
    [InlineData("    return Call<A, B<C>>(first, M<A, B>(second, third));", 45, "    return Call<A, B<C>>(\n        first, M<A, B>(second, third));")]
    [InlineData("    return Call<A, B<C>>(first, M<A, B>(second, third));", 35, "    return Call<A, B<C>>(\n        first,\n        M<A, B>(second, third));")]
    [InlineData("void F(Span<(int, int)> x, int[] y) =>", 35, "void F(\n    Span<(int, int)> x, int[] y) =>")]
    [InlineData("A(b).Longest(first, second, third)(c);", 30, "A(b).Longest(\n    first, second, third)(c);")]
    [InlineData("Call(\"in quotes (a, b\", second, third);", 35, "Call(\n    \"in quotes (a, b\", second, third);")]
    [InlineData("return Long.Name<A, B<C>, D>(first, second);", 25, "return Long.Name<\n    A, B<C>, D>(\n    first, second);")]
    [InlineData("nothingToBreakInThisLongLine = false;", 20, "nothingToBreakInThisLongLine = false;")]
    [InlineData("nothingBetweenTheseParentheses();", 20, "nothingBetweenTheseParentheses();")]
    public void A_long_line_is_broken_at_its_longest_list(string line, int width, string expected) =>
        Assert.Equal(expected.Split('\n'), CodeWrapping.Wrap(line, width));
}
