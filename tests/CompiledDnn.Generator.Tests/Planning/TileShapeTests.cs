using CompiledDnn.Kernels;
using CsCheck;
using Xunit;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>The tile function that the generator prints and the runtime folds.</summary>
public class TileShapeTests
{
    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(16, 16, 1)]
    [InlineData(17, 16, 2)]
    [InlineData(4, 4, 1)]
    [InlineData(5, 4, 2)]
    [InlineData(1000, 8, 2)]
    [InlineData(2, 1, 2)]
    public void A_second_vector_is_used_where_the_columns_need_it(int columns, int lanes, int vectors) =>
        Assert.Equal(vectors, TileShape.BroadcastVectors(columns, lanes));

    [Fact]
    public void Accumulators_and_operands_fit_the_16_registers_that_every_machine_has() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 4].Select(power => 1 << power)).Sample((columns, lanes) =>
        {
            int vectors = TileShape.BroadcastVectors(columns, lanes);
            Assert.InRange((TileShape.BroadcastRows * vectors) + vectors + 1, 1, 16);
            Assert.InRange((TileShape.DotRows * TileShape.DotColumns) + TileShape.DotRows + 1, 1, 16);
        });

    [Fact]
    public void No_vector_of_a_tile_is_all_padding_but_for_the_last_tile_of_a_row() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 4].Select(power => 1 << power)).Sample((columns, lanes) =>
            Assert.True((TileShape.BroadcastVectors(columns, lanes) - 1) * lanes < columns));
}
