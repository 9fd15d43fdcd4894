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

/// <summary>A block of <see cref="GradientBlocks.Rows"/> rows of DW, lanes across outputs. P and C begin with the block.</summary>
internal readonly struct GradientLanesBlock<T, TLayer> : IProductShape
    where T : unmanaged
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => GradientBlocks.Rows<T, TLayer>();

    public static int Terms(int m) => GradientLanes<TLayer>.Terms(m);

    public static int Columns => GradientLanes<TLayer>.Columns;

    public static int PRowStride => GradientLanes<TLayer>.PRowStride;

    public static int PTermStride => GradientLanes<TLayer>.PTermStride;

    public static int QStride => GradientLanes<TLayer>.QStride;

    public static int CStride => GradientLanes<TLayer>.CStride;
}

/// <summary>The rows of DW after the last whole block, lanes across outputs. P and C begin with them.</summary>
internal readonly struct GradientLanesRest<T, TLayer> : IProductShape
    where T : unmanaged
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => TLayer.Inputs % GradientBlocks.Rows<T, TLayer>();

    public static int Terms(int m) => GradientLanes<TLayer>.Terms(m);

    public static int Columns => GradientLanes<TLayer>.Columns;

    public static int PRowStride => GradientLanes<TLayer>.PRowStride;

    public static int PTermStride => GradientLanes<TLayer>.PTermStride;

    public static int QStride => GradientLanes<TLayer>.QStride;

    public static int CStride => GradientLanes<TLayer>.CStride;
}
