namespace CompiledDnn.Kernels;

/// <summary>What lies below the first layer: the inputs.</summary>
internal readonly struct NoLayer : IDenseLayer
{
    public static int Inputs => 0;

    public static int Outputs => 0;

    public static int WeightStride => 0;

    public static int InputRowStride => 0;

    public static int InputGradientRowStride => 0;

    public static int RowStride => 0;
}
