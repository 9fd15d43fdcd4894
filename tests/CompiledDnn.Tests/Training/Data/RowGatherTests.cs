using Xunit;

namespace CompiledDnn.Tests.Training.Data;

public class RowGatherTests
{
    [Fact]
    public void Rows_of_every_length_around_the_vector_widths_are_copied_and_nothing_beside_them()
    {
        for (int size = 1; size <= 70; size++)
        {
            Check(size, i => (float)i);
            Check(size, i => (double)i);
            Check(size, i => i);
        }

        Check(511, i => (float)i);
        Check(512, i => (float)i);
        Check(513, i => (float)i);
        Check(257, i => (double)i);
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(1, 3)]
    [InlineData(5, 3)]
    [InlineData(5, -1)]
    [InlineData(30, int.MinValue)]
    [InlineData(600, 3)]
    public void A_row_that_is_not_there_is_refused(int size, int row) =>
        Assert.ThrowsAny<Exception>(() => RowGather.Copy<float>(new float[3 * size], size, [row], new float[size]));

    [Fact]
    public void A_destination_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => RowGather.Copy<float>(new float[12], 4, [0, 1], new float[7]));

    private static void Check<T>(int size, Func<int, T> number)
        where T : unmanaged
    {
        T[] source = [.. Enumerable.Range(1, 7 * size).Select(number)];
        int[] rows = [6, 0, 3, 3, 5];
        var destination = new T[(rows.Length * size) + 40];

        RowGather.Copy(source, size, rows, destination.AsSpan(20, rows.Length * size));

        T[] expected = [.. new T[20], .. rows.SelectMany(row => source.Skip(row * size).Take(size)), .. new T[20]];
        Assert.Equal(expected, destination);
    }
}
