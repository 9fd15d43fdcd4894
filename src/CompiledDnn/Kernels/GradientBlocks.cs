using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// The gradient of a layer with lanes across outputs in blocks of rows, few enough that a block, its weights and what an optimiser
/// remembers of them are in the L1 cache together.
/// </summary>
internal static class GradientBlocks
{
    private const int BlockBytes = 12 * 1024;

    /// <summary>Numbers of a piece where the whole gradient is there already.</summary>
    public static int PieceLength<T>()
        where T : unmanaged => BlockBytes / Unsafe.SizeOf<T>();

    /// <summary>Rows of a block: whole tiles of the product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rows<T, TLayer>()
        where T : unmanaged
        where TLayer : struct, IDenseLayer
    {
        const int TileRows = 6;
        int tiles = Math.Max(1, BlockBytes / (TileRows * TLayer.WeightStride * Unsafe.SizeOf<T>()));
        return Math.Min(tiles * TileRows, TLayer.Inputs);
    }
}
