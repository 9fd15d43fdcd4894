using System.Runtime.CompilerServices;

namespace CompiledDnn.Tests.Reference;

/// <summary>The plan of a <see cref="ReferenceNetwork{T}"/>: outputs one after the other, every row and block on a cache line.</summary>
internal static class ReferenceShape
{
    public static NetworkShape Of<T>(string name, int[] sizes, ReferenceActivation<T>[] activations, NetworkTask task)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var layers = new LayerInfo[sizes.Length - 1];
        int offset = 0;
        for (int l = 1; l < sizes.Length; l++)
        {
            int inputs = sizes[l - 1];
            int outputs = sizes[l];
            int stride = RoundUp<T>(inputs);
            layers[l - 1] = new LayerInfo
            {
                Index = l,
                Inputs = inputs,
                Outputs = outputs,
                Activation = activations[l - 1].Name,
                Initializer = activations[l - 1].Initializer,
                WeightOffset = offset,
                WeightLength = outputs * stride,
                OutputStride = stride,
                InputStride = 1,
                BiasOffset = offset + (outputs * stride),
                BiasLength = RoundUp<T>(outputs),
                RowStride = RoundUp<T>(outputs),
                NeedsZ = true,
            };
            offset += (outputs * stride) + RoundUp<T>(outputs);
        }

        return new NetworkShape(name, sizes[^1], task, offset, 0, layers);
    }

    private static int RoundUp<T>(int length)
    {
        int line = 64 / Unsafe.SizeOf<T>();
        return (length + line - 1) / line * line;
    }
}
