using System.Runtime.CompilerServices;
using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Kernels;

/// <summary>A layer with lanes across outputs that reads its inputs where a caller's dense rows lie.</summary>
internal readonly struct LanesLayer<T, TInputs, TOutputs> : IDenseLayer
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
{
    public static int Inputs => TInputs.Value;

    public static int Outputs => TOutputs.Value;

    public static int WeightStride => Lines.RoundUp<T>(Outputs);

    public static int InputRowStride => Inputs;

    public static int InputGradientRowStride => Lines.RoundUp<T>(Inputs);

    public static int RowStride => Lines.RoundUp<T>(Outputs);
}

/// <summary>A layer of dot products that reads padded rows, its weights a cache line further apart than needed.</summary>
internal readonly struct DotLayer<T, TInputs, TOutputs> : IDenseLayer
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
{
    public static int Inputs => TInputs.Value;

    public static int Outputs => TOutputs.Value;

    public static int WeightStride => Lines.RoundUp<T>(Inputs) + Lines.RoundUp<T>(1);

    public static int InputRowStride => Lines.RoundUp<T>(Inputs);

    public static int InputGradientRowStride => Lines.RoundUp<T>(Inputs);

    public static int RowStride => Outputs == 1 ? 1 : Lines.RoundUp<T>(Outputs);
}

/// <summary>Counts of numbers in whole cache lines.</summary>
internal static class Lines
{
    public static int RoundUp<T>(int count)
    {
        int line = 64 / Unsafe.SizeOf<T>();
        return (count + line - 1) / line * line;
    }
}
