using System.Collections;
using System.Collections.Immutable;
using CompiledDnn.Generator.Model;
using Xunit;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>An array that compares by its items.</summary>
public class EquatableArrayTests
{
    [Fact]
    public void Equal_items_in_the_same_order_are_equal_and_have_the_same_hash_code()
    {
        EquatableArray<string> first = new(["W", "B"]);
        EquatableArray<string> second = new(new List<string> { "W", new([.. "B"]) });

        Assert.True(first.Equals(second));
        Assert.True(first.Equals((object)second));
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 1, 2, 3, 4 })]
    [InlineData(new[] { 3, 2, 1 })]
    [InlineData(new[] { 1, 2, 4 })]
    public void Other_items_another_order_or_another_number_of_them_are_not_equal(int[] items)
    {
        EquatableArray<int> array = new(new[] { 1, 2, 3 });

        Assert.False(array.Equals(new EquatableArray<int>(items)));
        Assert.NotEqual(array.GetHashCode(), new EquatableArray<int>(items).GetHashCode());
    }

    [Fact]
    public void The_default_is_empty()
    {
        EquatableArray<int> array = default;

        Assert.True(array.Count is 0);
        Assert.Empty(array);
        Assert.Equal(new EquatableArray<int>(ImmutableArray<int>.Empty), array);
        Assert.Equal(new EquatableArray<int>(ImmutableArray<int>.Empty).GetHashCode(), array.GetHashCode());
        Assert.Throws<IndexOutOfRangeException>(() => array[0]);
    }

    [Fact]
    public void An_array_is_not_equal_to_what_is_none()
    {
        EquatableArray<int> array = new([1]);

        Assert.False(array.Equals(null));
        Assert.False(array.Equals((object)ImmutableArray.Create(1)));
        Assert.False(array.Equals((object)new EquatableArray<long>([1L])));
    }

    [Fact]
    public void Arrays_of_arrays_compare_to_the_bottom()
    {
        static EquatableArray<EquatableArray<int>> Nested(int last) => new([new([1, 2]), new([last])]);

        Assert.Equal(Nested(3), Nested(3));
        Assert.NotEqual(Nested(3), Nested(4));
    }

    [Fact]
    public void It_is_read_by_index_and_in_order()
    {
        EquatableArray<int> array = new([5, 7]);
        List<int> seen = [];
        foreach (int item in array)
        {
            seen.Add(item);
        }

        Assert.Equal([5, 7], seen);
        Assert.Equal([5, 7], ((IEnumerable)array).Cast<int>());
        Assert.Equal(7, array[1]);
        Assert.Equal(2, array.Count);
    }

    [Fact]
    public void It_does_not_change_with_the_list_that_it_was_made_from()
    {
        List<int> list = [1];
        EquatableArray<int> array = new(list);
        list.Add(2);

        Assert.True(array.Count is 1);
    }
}
