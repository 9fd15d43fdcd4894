using CompiledDnn.Kernels;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Where a layer's parameters begin, as a type.</summary>
internal interface IPlace
{
    static abstract int Begin { get; }
}

internal readonly struct AtTheStart : IPlace
{
    public static int Begin => 0;
}

/// <summary>After the parameters of a layer.</summary>
internal readonly struct After<T, TLayer> : IPlace
    where TLayer : struct, IPlacedLayer
{
    public static int Begin => TLayer.BiasOffset + Lines.RoundUp<T>(TLayer.Outputs);
}

/// <summary>A layer with lanes across outputs that has a place in a parameter block.</summary>
internal readonly struct PlacedLanes<T, TInputs, TOutputs, TPlace> : IPlacedLayer
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
    where TPlace : struct, IPlace
{
    public static int Inputs => TInputs.Value;

    public static int Outputs => TOutputs.Value;

    public static int WeightOffset => TPlace.Begin;

    public static int BiasOffset => TPlace.Begin + (WeightStride * Inputs);

    public static int WeightStride => Lines.RoundUp<T>(Outputs);

    public static int InputRowStride => Lines.RoundUp<T>(Inputs);

    public static int InputGradientRowStride => Lines.RoundUp<T>(Inputs);

    public static int RowStride => Lines.RoundUp<T>(Outputs);
}

/// <summary>A layer of dot products that has a place in a parameter block.</summary>
internal readonly struct PlacedDot<T, TInputs, TOutputs, TPlace> : IPlacedLayer
    where TInputs : struct, ISize
    where TOutputs : struct, ISize
    where TPlace : struct, IPlace
{
    public static int Inputs => TInputs.Value;

    public static int Outputs => TOutputs.Value;

    public static int WeightOffset => TPlace.Begin;

    public static int BiasOffset => TPlace.Begin + (WeightStride * Outputs);

    public static int WeightStride => Lines.RoundUp<T>(Inputs) + Lines.RoundUp<T>(1);

    public static int InputRowStride => Lines.RoundUp<T>(Inputs);

    public static int InputGradientRowStride => Lines.RoundUp<T>(Inputs);

    public static int RowStride => Outputs == 1 ? 1 : Lines.RoundUp<T>(Outputs);
}
