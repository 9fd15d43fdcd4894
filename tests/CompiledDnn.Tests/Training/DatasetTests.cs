using Xunit;

namespace CompiledDnn.Tests.Training;

public class DatasetTests
{
    private static readonly float[] s_x = [0, 1, 10, 11, 20, 21, 30, 31];

    [Fact]
    public void Rows_are_seen_where_they_lie()
    {
        float[] y = [1, 2, 3, 4];
        Dataset<float> data = Dataset.FromRows(s_x, 2, y, 1);

        Assert.Equal((4, 2, 1, false), (data.Count, data.InputSize, data.TargetSize, data.HasLabels));
        Assert.Equal([20f, 21], data.Row(2).ToArray());
        Assert.Equal([3f], data.Target(2).ToArray());
        Assert.True(data.X.Span == s_x);
        Assert.True(data.Y.Span == y);
        Assert.Throws<InvalidOperationException>(() => data.Label(0));
    }

    [Fact]
    public void Labels_take_the_place_of_target_rows()
    {
        Dataset<float> data = Dataset.FromLabels(s_x, 2, [3, 2, 1, 0]);

        Assert.Equal((4, 2, 0, true), (data.Count, data.InputSize, data.TargetSize, data.HasLabels));
        Assert.Equal(1, data.Label(2));
        Assert.Throws<InvalidOperationException>(() => data.Target(0).Length);
    }

    [Fact]
    public void A_slice_is_a_view_of_a_range()
    {
        Dataset<float> rows = Dataset.FromRows<float>(s_x.AsMemory(), 2, new float[] { 1, 2, 3, 4 }.AsMemory(), 1).Slice(1, 2);
        Dataset<float> labels = Dataset.FromLabels(s_x, 2, [3, 2, 1, 0]).Slice(1, 2);

        Assert.Equal(2, rows.Count);
        Assert.Equal([20f, 21], rows.Row(1).ToArray());
        Assert.Equal([2f, 3], rows.Y.ToArray());
        Assert.True(rows.X.Span == s_x.AsSpan(2, 4));
        Assert.Equal([2, 1], labels.Labels.ToArray());
        Assert.Equal(0, rows.Slice(2, 0).Count);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 5)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(1, -1)]
    [InlineData(2, int.MaxValue)]
    public void A_slice_stays_inside(int start, int count) =>
        Assert.Contains(
            "4 examples",
            Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.FromLabels(s_x, 2, [3, 2, 1, 0]).Slice(start, count)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void An_example_outside_is_refused(int example)
    {
        Dataset<float> data = Dataset.FromLabels(s_x, 2, [3, 2, 1, 0]);

        Assert.Throws<ArgumentOutOfRangeException>(() => data.Row(example).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Label(example));
    }

    [Fact]
    public void A_split_deals_every_example_to_one_part_with_its_own_target()
    {
        float[] x = [.. Enumerable.Range(0, 20).Select(i => (float)i)];
        (Dataset<float> train, Dataset<float> heldOut) = Dataset.FromRows(x, 2, [.. Enumerable.Range(0, 10).Select(i => 100f + i)], 1).Split(0.3, seed: 5);

        Assert.Equal((7, 3), (train.Count, heldOut.Count));
        float[] firsts = [.. Firsts(train), .. Firsts(heldOut)];
        Assert.Equal([0f, 2, 4, 6, 8, 10, 12, 14, 16, 18], firsts.Order());
        Assert.NotEqual(firsts.Order(), firsts);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(100 + (heldOut.Row(i)[0] / 2), heldOut.Target(i)[0]));
    }

    [Fact]
    public void A_split_follows_from_its_seed()
    {
        Dataset<float> data = Dataset.FromLabels([.. Enumerable.Range(0, 40).Select(i => (float)i)], 1, [.. Enumerable.Range(0, 40)]);

        float[] once = data.Split(0.25, seed: 1).HeldOut.X.ToArray();
        (_, Dataset<float> again) = data.Split(0.25, seed: 1);

        Assert.Equal(once, again.X.ToArray());
        Assert.Equal(once.Select(x => (int)x), again.Labels.ToArray());
        Assert.NotEqual(once, data.Split(0.25, seed: 2).HeldOut.X.ToArray());
    }

    [Fact]
    public void A_split_holds_out_as_many_as_asked_or_a_share()
    {
        Dataset<float> data = Dataset.FromLabels(new float[1797], 1, [.. Enumerable.Range(0, 1797)]);

        (Dataset<float> train, Dataset<float> heldOut) = data.Split(360, seed: 3);

        Assert.Equal((1437, 360), (train.Count, heldOut.Count));
        Assert.Equal(heldOut.Labels.ToArray(), data.Split(360 / 1797.0, seed: 3).HeldOut.Labels.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    public void The_number_held_out_leaves_both_parts_an_example(int heldOut)
    {
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.FromLabels(s_x, 2, [3, 2, 1, 0]).Split(heldOut, 0)).Message;

        Assert.Contains($"of 4 examples, at least one is held out and at least one left to train with, but {heldOut} would be", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void The_share_held_out_lies_between_zero_and_one(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.FromLabels(s_x, 2, [3, 2, 1, 0]).Split(share, 0));

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.99)]
    public void Both_parts_of_a_split_have_an_example(double share) =>
        Assert.Throws<InvalidOperationException>(() => Dataset.FromLabels(s_x, 2, [3, 2, 1, 0]).Split(share, 0));

    [Fact]
    public void Lengths_that_do_not_fit_are_named()
    {
        Assert.Equal("Dataset: expected examples of 3 numbers each, but x has 8 numbers. (Parameter 'x')", Message(() => Dataset.FromLabels(s_x, 3, [0])));
        Assert.Equal("Dataset: expected targets of 3 numbers each, but y has 4 numbers. (Parameter 'y')", Message(() => Dataset.FromRows(s_x, 2, new float[4], 3)));
        Assert.Equal("Dataset: expected 4 targets, one for each example of x, but y has 2. (Parameter 'y')", Message(() => Dataset.FromRows(s_x, 2, new float[4], 2)));
        Assert.Equal("Dataset: expected 4 labels, one for each example of x, but labels has 3. (Parameter 'labels')", Message(() => Dataset.FromLabels(s_x, 2, [0, 0, 0])));
        Assert.StartsWith("Dataset: inputSize is at least 1", Message(() => Dataset.FromLabels(s_x, 0, [0])), StringComparison.Ordinal);
        Assert.StartsWith("Dataset: targetSize is at least 1", Message(() => Dataset.FromRows(s_x, 2, s_x, -1)), StringComparison.Ordinal);

        static string Message(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }

    [Fact]
    public void A_batch_buffer_gathers_inputs_with_their_targets()
    {
        Dataset<float> rows = Dataset.FromRows(s_x, 2, new float[] { 1, 2, 3, 4 }, 1);
        Dataset<float> labels = Dataset.FromLabels(s_x, 2, [7, 8, 9, 6]);

        Batch<float> batch = rows.Gather([3, 0, 3], new BatchBuffer<float>(3, 2, 1));
        Assert.Equal([30f, 31, 0, 1, 30, 31], batch.X.ToArray());
        Assert.Equal([4f, 1, 4], batch.Y.ToArray());
        Assert.False(batch.HasLabels);

        Batch<float> smaller = labels.Gather([2], new BatchBuffer<float>(2, 2, 0));
        Assert.Equal([20f, 21], smaller.X.ToArray());
        Assert.Equal([9], smaller.Labels.ToArray());
    }

    private static float[] Firsts(Dataset<float> data) => [.. Enumerable.Range(0, data.Count).Select(i => data.Row(i)[0])];
}
