using CompiledDnn.Kernels;
using CsCheck;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>The tile function that the generator prints and the runtime folds.</summary>
public class TileShapeTests
{
    private static readonly Gen<int> s_registers = Gen.Bool.Select(wide => wide ? 32 : 16);

    [Theory]
    [InlineData(1, 16, 32, 1)]
    [InlineData(16, 16, 32, 1)]
    [InlineData(17, 16, 32, 2)]
    [InlineData(48, 16, 32, 3)]
    [InlineData(1000, 16, 32, 4)]
    [InlineData(4, 4, 16, 1)]
    [InlineData(5, 4, 16, 2)]
    [InlineData(1000, 8, 16, 2)]
    [InlineData(2, 1, 16, 2)]
    public void More_vectors_are_used_where_the_columns_need_them_and_the_registers_have_room(int columns, int lanes, int registers, int vectors) =>
        Assert.Equal(vectors, TileShape.BroadcastVectors(columns, lanes, registers));

    [Theory]
    [InlineData(64, 32)]
    [InlineData(32, 16)]
    [InlineData(16, 16)]
    [InlineData(4, 16)]
    public void Only_the_widest_vectors_are_sure_to_have_32_registers(int vectorBytes, int registers) =>
        Assert.Equal(registers, TileShape.Registers(vectorBytes));

    [Fact]
    public void Sums_and_operands_fit_the_registers() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 4].Select(power => 1 << power), s_registers).Sample((columns, lanes, registers) =>
        {
            int vectors = TileShape.BroadcastVectors(columns, lanes, registers);
            Assert.InRange((TileShape.BroadcastRows(vectors, registers) * vectors) + vectors + 1, 1, registers);
            int rows = TileShape.DotRows(registers);
            Assert.InRange((rows * TileShape.DotColumns(registers)) + rows + 1, 1, registers);
            Assert.InRange((TileShape.OuterRows(registers) * 2) + 2 + 1, 1, registers);
        });

    [Fact]
    public void A_tile_has_a_size_that_the_kernels_know() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 4].Select(power => 1 << power), s_registers).Sample((columns, lanes, registers) =>
        {
            int vectors = TileShape.BroadcastVectors(columns, lanes, registers);
            Assert.InRange(vectors, 1, 4);
            Assert.InRange(TileShape.BroadcastRows(vectors, registers), 1, 6);
            Assert.InRange(TileShape.DotRows(registers), 1, 4);
            Assert.InRange(TileShape.DotColumns(registers), 1, 5);
            Assert.InRange(TileShape.OuterRows(registers), 1, 10);
        });

    [Theory]
    [InlineData(16, 16, 64, false)]
    [InlineData(8, 16, 64, false)]
    [InlineData(17, 16, 64, true)]
    [InlineData(24, 16, 64, true)]
    [InlineData(25, 16, 64, false)]
    [InlineData(32, 16, 64, false)]
    [InlineData(100, 16, 64, true)]
    [InlineData(12, 8, 32, true)]
    [InlineData(6, 4, 16, false)]
    public void Rows_share_a_vector_where_the_last_of_several_is_at_most_half_full(int columns, int lanes, int vectorBytes, bool expected) =>
        Assert.Equal(expected, TileShape.HasHalfTail(columns, lanes, vectorBytes));

    [Theory]
    [InlineData(2, 32, 10)]
    [InlineData(3, 32, 6)]
    [InlineData(4, 32, 6)]
    [InlineData(2, 16, 8)]
    [InlineData(3, 16, 4)]
    public void A_tile_with_a_shared_vector_has_an_even_number_of_rows_that_fits_the_registers(int vectors, int registers, int rows)
    {
        Assert.Equal(rows, TileShape.HalfTailRows(vectors, registers));
        Assert.InRange((rows * (vectors - 1)) + (rows / 2) + vectors + 2, 1, registers);
    }

    [Theory]
    [InlineData(8, 4, 16, false)]
    [InlineData(9, 4, 16, true)]
    [InlineData(4, 2, 16, false)]
    [InlineData(5, 2, 16, true)]
    [InlineData(1000, 8, 32, false)]
    [InlineData(1000, 16, 64, false)]
    public void Rows_go_in_pairs_where_vectors_have_128_bits_and_there_are_more_than_two(int columns, int lanes, int vectorBytes, bool expected) =>
        Assert.Equal(expected, TileShape.HasPairs(columns, lanes, vectorBytes));

    [Fact]
    public void A_pair_of_rows_has_tiles_of_three_to_six_vectors() =>
        Gen.Int[3, 100_000].Sample(vectors =>
        {
            int widest = TileShape.FewVectors(2, 16);
            Assert.Equal(6, widest);
            for (int left = vectors; left > 0; left -= TileShape.NextRows(left, widest))
            {
                Assert.InRange(TileShape.NextRows(left, widest), 3, widest);
            }
        });

    [Fact]
    public void Tiles_of_pairs_cover_all_rows_and_leave_an_odd_one_for_the_last() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[1, 5].Select(pairs => 2 * pairs)).Sample((left, tallest) =>
        {
            int rows = TileShape.NextPairs(left, tallest);
            Assert.InRange(rows, 1, Math.Min(left, tallest));
            Assert.True(rows == left || rows % 2 == 0);
        });

    [Fact]
    public void No_vector_of_a_tile_is_all_padding_but_for_the_last_tile_of_a_row() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 4].Select(power => 1 << power), s_registers).Sample((columns, lanes, registers) =>
            Assert.True((TileShape.BroadcastVectors(columns, lanes, registers) - 1) * lanes < columns));
}
