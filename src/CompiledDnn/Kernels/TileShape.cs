namespace CompiledDnn.Kernels;

/// <summary>
/// How much of a product is kept in registers at once. A pure function of the shape and the machine's vectors, in one source file
/// that is compiled into the runtime, where the JIT folds it, and into the generator, which prints its answer.
/// </summary>
internal static class TileShape
{
    /// <summary>Rows of a broadcast tile: each vector loaded is used for so many examples (or inputs, in the gradient).</summary>
    public const int BroadcastRows = 4;

    /// <summary>Rows of a dot tile on the side of the examples.</summary>
    public const int DotRows = 2;

    /// <summary>Rows of a dot tile on the side of the weights.</summary>
    public const int DotColumns = 4;

    /// <summary>
    /// Vectors of a broadcast tile's columns: 2 where the columns fill more than one vector, else 1. Four rows by two vectors are eight
    /// accumulators, two vectors and one broadcast: 11 of the 16 registers that every machine has.
    /// </summary>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    public static int BroadcastVectors(int columns, int lanes) => columns > lanes ? 2 : 1;
}
