using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// How the examples of a small network's step are divided: tiles that go through all layers at once, and chunks of tiles whose
/// gradients are added up apart. In one source file that is compiled into the runtime and into the generator, which prints its answer.
/// </summary>
internal static class StepShape
{
    /// <summary>A network of which fewer examples than this fit a tile is not small: its tiles of products would be too short.</summary>
    public const int FewestRows = 32;

    /// <summary>Examples of a tile at most: more would spare nothing more.</summary>
    public const int MostRows = 128;

    /// <summary>A network with more bytes of parameters, padding included, is not small.</summary>
    public const int MostParameterBytes = 16 * 1024;

    /// <summary>Chunks at most, each with a gradient block of its own.</summary>
    public const int MostChunks = 16;

    // Hidden activations of a tile and their gradients: with the parameters and a tile's inputs they fill an L1 cache.
    private const int TileBytes = 24 * 1024;

    // Many layers may take so much for a tile of the fewest rows: some of it waits in the L2 cache.
    private const int MostTileBytes = 40 * 1024;

    // Enough work that adding up a chunk's gradient costs nothing beside it.
    private const int ChunkRows = 512;

    /// <summary>Examples of a tile at most.</summary>
    /// <param name="bytesPerExample">What the hidden layers of one example take.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rows(long bytesPerExample)
    {
        long rows = TileBytes / bytesPerExample;
        if (rows < FewestRows)
        {
            rows = MostTileBytes / bytesPerExample < FewestRows ? MostTileBytes / bytesPerExample : FewestRows;
        }

        return rows < MostRows ? (int)rows : MostRows;
    }

    /// <summary>The chunks of a batch: a function of its size alone, so that the gradient's bits do not depend on who works on them.</summary>
    public static int Chunks(int m)
    {
        int chunks = m / ChunkRows;
        return chunks < 1 ? 1 : chunks < MostChunks ? chunks : MostChunks;
    }
}
