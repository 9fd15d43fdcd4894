using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// The sizes and strides of a product C = P Q as constants wherever they are constants; only the batch size m comes at run time. The
/// products of a layer are a few loops seen from several sides.
/// </summary>
internal interface IProductShape : IProductStrides
{
    /// <summary>Rows of C.</summary>
    static abstract int Rows(int m);

    /// <summary>Products that add up to one number of C.</summary>
    static abstract int Terms(int m);

    /// <summary>Columns of C.</summary>
    static abstract int Columns { get; }

    /// <summary>True if a dot product is the sum of those over two halves of its terms.</summary>
    static virtual bool IsHalved => false;
}

/// <summary>The strides of a product.</summary>
internal interface IProductStrides
{
    /// <summary>In P, from what belongs to one row of C to what belongs to the next.</summary>
    static abstract int PRowStride { get; }

    /// <summary>In P, from term to term.</summary>
    static abstract int PTermStride { get; }

    /// <summary>In Q, from row to row.</summary>
    static abstract int QStride { get; }

    /// <summary>In C, from row to row.</summary>
    static abstract int CStride { get; }

    /// <summary>True if every vector of Q has two rows of half a vector, interleaved, the second one of zeros where there is none.</summary>
    static virtual bool QInPairs => false;
}

/// <summary>Z = A W + b: P is A[l−1], Q is W as it lies, with a row for each input or, for dot products, for each output.</summary>
internal readonly struct Forward<TLayer> : IProductShape
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => m;

    public static int Terms(int m) => TLayer.Inputs;

    public static int Columns => TLayer.Outputs;

    public static bool IsHalved => TLayer.HalvesInputs;

    public static int PRowStride => TLayer.InputRowStride;

    public static int PTermStride => 1;

    public static int QStride => TLayer.WeightStride;

    public static int CStride => TLayer.RowStride;
}

/// <summary>DW = Σ A DZ with lanes across outputs: a row of DW for each input, a term for each example.</summary>
internal readonly struct GradientLanes<TLayer> : IProductShape
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => TLayer.Inputs;

    public static int Terms(int m) => m;

    public static int Columns => TLayer.Outputs;

    public static int PRowStride => 1;

    public static int PTermStride => TLayer.InputRowStride;

    public static int QStride => TLayer.RowStride;

    public static int CStride => TLayer.WeightStride;
}

/// <summary>DW = Σ DZ A with lanes across inputs: a row of DW for each output, a term for each example.</summary>
internal readonly struct GradientDot<TLayer> : IProductShape
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => TLayer.Outputs;

    public static int Terms(int m) => m;

    public static int Columns => TLayer.Inputs;

    public static int PRowStride => 1;

    public static int PTermStride => TLayer.RowStride;

    public static int QStride => TLayer.InputRowStride;

    public static int CStride => TLayer.WeightStride;
}

/// <summary>DA[l−1] = Wᵀ DZ: Q is W as it lies, with a row for each input, for dot products over the outputs, or for each output.</summary>
internal readonly struct Backward<TLayer> : IProductShape
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => m;

    public static int Terms(int m) => TLayer.Outputs;

    public static int Columns => TLayer.Inputs;

    public static int PRowStride => TLayer.RowStride;

    public static int PTermStride => 1;

    public static int QStride => TLayer.WeightStride;

    public static int CStride => TLayer.InputGradientRowStride;
}

/// <summary>DA[l−1] = Wᵀ DZ with lanes across inputs on a transposed copy of W: Q has a row for each output.</summary>
internal readonly struct BackwardTransposed<TLayer> : IProductShape
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => m;

    public static int Terms(int m) => TLayer.Outputs;

    public static int Columns => TLayer.Inputs;

    public static int PRowStride => TLayer.RowStride;

    public static int PTermStride => 1;

    public static int QStride => TLayer.InputGradientRowStride;

    public static int CStride => TLayer.InputGradientRowStride;
}

/// <summary>The same on a copy whose rows are interleaved in pairs.</summary>
internal readonly struct BackwardPairs<TLayer> : IProductShape
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => m;

    public static int Terms(int m) => TLayer.Outputs;

    public static int Columns => TLayer.Inputs;

    public static int PRowStride => TLayer.RowStride;

    public static int PTermStride => 1;

    public static int QStride => TLayer.InputGradientRowStride;

    public static int CStride => TLayer.InputGradientRowStride;

    public static bool QInPairs => true;
}

/// <summary>As <see cref="BackwardTransposed{TLayer}"/> for a panel of four lines of inputs, whose rows of Q follow each other.</summary>
internal readonly struct BackwardPanel<T, TLayer> : IProductShape
    where T : unmanaged
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => m;

    public static int Terms(int m) => TLayer.Outputs;

    public static int Columns => 4 * KernelGuard.WholeLines<T>(1);

    public static int PRowStride => TLayer.RowStride;

    public static int PTermStride => 1;

    public static int QStride => Columns;

    public static int CStride => TLayer.InputGradientRowStride;
}

/// <summary>The same for the inputs that do not fill a panel.</summary>
internal readonly struct BackwardLastPanel<T, TLayer> : IProductShape
    where T : unmanaged
    where TLayer : struct, IDenseLayer
{
    public static int Rows(int m) => m;

    public static int Terms(int m) => TLayer.Outputs;

    // Inlined whatever the JIT thinks of it: as a call, a tile's sums would leave their registers.
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Inputs % BackwardPanel<T, TLayer>.Columns;
    }

    public static int PRowStride => TLayer.RowStride;

    public static int PTermStride => 1;

    public static int QStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => KernelGuard.WholeLines<T>(Columns);
    }

    public static int CStride => TLayer.InputGradientRowStride;
}
