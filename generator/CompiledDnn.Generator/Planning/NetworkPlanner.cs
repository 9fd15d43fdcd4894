using System;
using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Model;

namespace CompiledDnn.Generator.Planning;

/// <summary>From sizes to a plan: a pure function from numbers to numbers that knows nothing of Roslyn.</summary>
internal static class NetworkPlanner
{
    /// <summary>Bytes in a cache line, and in the widest vector: every row begins on one.</summary>
    public const int LineBytes = 64;

    // Rows that lie a multiple of this apart fall into one set of an L1 cache.
    private const int CacheWayBytes = 4096;
    private const int SetsOfCache = CacheWayBytes / LineBytes;

    // From here on a row of inputs is long enough that the sum over a vector's lanes at its end costs nothing.
    private const int WideInputs = 1024;

    // The same where a quarter of the lanes across outputs would be empty, and where a third would be.
    private const int ManyInputs = 512;
    private const int SomeInputs = 128;

    // Above so many outputs, lanes across outputs are full and no sum over lanes is needed.
    private const int FewOutputs = 32;

    // What a prediction takes from the stack at most, less the line that aligns it.
    private const int StackBytes = (32 * 1024) - LineBytes;

    // More would only make a method too long for the JIT to do it well.
    private const int MostChainedLayers = 16;

    /// <summary>Plans a network.</summary>
    /// <param name="sizes">Inputs, then the outputs of every layer; all positive, at least two.</param>
    /// <param name="needsZ">For each layer, whether its Z has to be kept.</param>
    /// <param name="elementSize">Bytes in a number: 4 or 8.</param>
    /// <param name="hasDropout">True if training drops outputs of some layer.</param>
    public static NetworkPlan Plan(IReadOnlyList<int> sizes, IReadOnlyList<bool> needsZ, int elementSize, bool hasDropout = false)
    {
        int depth = sizes.Count - 1;
        int line = LineBytes / elementSize;
        var layers = new List<LayerPlan>(depth);
        int offset = 0;
        int packedInputStride = 0;
        for (int l = 1; l <= depth; l++)
        {
            int inputs = sizes[l - 1];
            int outputs = sizes[l];
            (KernelFamily family, string reason) = ChooseFamily(inputs, outputs, elementSize, isLast: l == depth);
            int weightStride = WeightStride(family, inputs, outputs, elementSize);
            int weightLength = weightStride * (family == KernelFamily.Lanes ? inputs : outputs);
            int inputRowStride = l == 1 ? inputs : layers[l - 2].RowStride;
            if (l == 1 && family == KernelFamily.Dot && inputs % line != 0)
            {
                packedInputStride = inputRowStride = RoundUp(inputs, line);
            }

            layers.Add(new LayerPlan(
                l,
                inputs,
                outputs,
                family,
                reason,
                WeightOffset: offset,
                WeightLength: weightLength,
                WeightStride: weightStride,
                BiasOffset: offset + weightLength,
                BiasLength: RoundUp(outputs, line),
                InputRowStride: inputRowStride,
                InputGradientRowStride: l == 1 ? RoundUp(inputs, line) : inputRowStride,
                RowStride: l == depth && outputs == 1 ? 1 : ApartInCache(RoundUp(outputs, line), elementSize),
                NeedsZ: needsZ[l - 1]));
            offset += weightLength + RoundUp(outputs, line);
        }

        return new NetworkPlan(
            elementSize,
            new EquatableArray<LayerPlan>(layers),
            offset,
            packedInputStride,
            PlanScratch(layers, packedInputStride, elementSize),
            ChainsOneExample(layers, packedInputStride, elementSize),
            hasDropout);
    }

    private static (KernelFamily Family, string Reason) ChooseFamily(int inputs, int outputs, int elementSize, bool isLast)
    {
        if (isLast && outputs == 1)
        {
            return (KernelFamily.Dot, "one output");
        }

        if (outputs > FewOutputs || !IsDot(inputs, outputs, LineBytes / elementSize))
        {
            return (KernelFamily.Lanes, "lanes across outputs");
        }

        return (KernelFamily.Dot, inputs >= WideInputs ? "wide input, few outputs" : "outputs that leave lanes empty");
    }

    // The more lanes would be empty, the fewer inputs are enough to pay for the sums over a vector's lanes at the end of a row. Vectors
    // of half a line would be rather full where their outputs are more than a quarter of it and no more than a half.
    private static bool IsDot(int inputs, int outputs, int line)
    {
        int lanes = RoundUp(outputs, line);
        bool fillsHalfLine = 4 * outputs > line && 2 * outputs <= line;
        int someInputs = outputs < line && !fillsHalfLine ? SomeInputs : 2 * SomeInputs;
        return inputs >= WideInputs || (inputs >= ManyInputs && 4 * outputs <= 3 * lanes) || (inputs >= someInputs && 3 * outputs <= 2 * lanes);
    }

    private static int WeightStride(KernelFamily family, int inputs, int outputs, int elementSize)
    {
        int line = LineBytes / elementSize;
        int stride = RoundUp(family == KernelFamily.Lanes ? outputs : inputs, line);
        if ((family == KernelFamily.Lanes ? inputs : outputs) == 1)
        {
            return stride;
        }

        return family == KernelFamily.Dot && inputs >= WideInputs ? SpreadInCache(stride, line) : ApartInCache(stride, elementSize);
    }

    // A stride after which pieces of all rows, taken at the same column, lie evenly over the sets of an L1 cache: an odd number of
    // lines near a third of them, above or below.
    private static int SpreadInCache(int stride, int line)
    {
        int lines = stride / line;
        while (!IsSpread(lines % SetsOfCache))
        {
            lines++;
        }

        return lines * line;
    }

    private static bool IsSpread(int lines) => lines % 2 == 1 && (lines is >= 19 and <= 27 or >= 37 and <= 45);

    // A stride one line longer where rows would else share a set of the L1 cache.
    private static int ApartInCache(int stride, int elementSize) =>
        stride * (long)elementSize % CacheWayBytes == 0 ? stride + (LineBytes / elementSize) : stride;

    private static ScratchPlan PlanScratch(List<LayerPlan> layers, int packedInputStride, int elementSize)
    {
        LayerPlan last = layers[layers.Count - 1];
        bool writesOutputs = last.RowStride == last.Outputs;
        var kept = writesOutputs ? layers.Take(layers.Count - 1) : layers;
        int odd = kept.Where(layer => layer.Index % 2 == 1).Select(layer => layer.RowStride).DefaultIfEmpty(0).Max();
        int even = kept.Where(layer => layer.Index % 2 == 0).Select(layer => layer.RowStride).DefaultIfEmpty(0).Max();
        long bytes = Math.Max(1, (long)packedInputStride + odd + even) * elementSize;
        return new ScratchPlan(packedInputStride, odd, even, writesOutputs, FitsStack: bytes <= StackBytes);
    }

    // Each layer's row has memory of its own, and all of it must fit the stack.
    private static bool ChainsOneExample(List<LayerPlan> layers, int packedInputStride, int elementSize) =>
        layers.Count <= MostChainedLayers
        && (packedInputStride + layers.Sum(layer => (long)RoundUp(layer.RowStride, LineBytes / elementSize))) * elementSize <= StackBytes;

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
