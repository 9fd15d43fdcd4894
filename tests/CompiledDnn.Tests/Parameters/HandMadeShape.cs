namespace CompiledDnn.Tests;

/// <summary>Shapes laid out by hand, so that parameters and files are tested without a generated class.</summary>
internal static class HandMadeShape
{
    /// <summary>Weights of one output side by side, each row padded to whole cache lines.</summary>
    public static NetworkShape OutputMajor<T>(string name, params int[] sizes)
        where T : unmanaged =>
        Create<T>(name, sizes, inputMajor: false);

    /// <summary>Weights of one input side by side, each row padded to whole cache lines.</summary>
    public static NetworkShape InputMajor<T>(string name, params int[] sizes)
        where T : unmanaged =>
        Create<T>(name, sizes, inputMajor: true);

    /// <summary>Either layout.</summary>
    public static NetworkShape Create<T>(string name, int[] sizes, bool inputMajor, DefaultInitializer initializer = DefaultInitializer.He)
        where T : unmanaged
    {
        var layers = new LayerInfo[sizes.Length - 1];
        int offset = 0;
        for (int l = 1; l < sizes.Length; l++)
        {
            int inputs = sizes[l - 1], outputs = sizes[l];
            int stride = AlignedBlock<T>.RoundUp(inputMajor ? outputs : inputs);
            int weightLength = stride * (inputMajor ? inputs : outputs);
            int biasLength = AlignedBlock<T>.RoundUp(outputs);
            layers[l - 1] = new LayerInfo
            {
                Index = l,
                Inputs = inputs,
                Outputs = outputs,
                Activation = "ReLU",
                Initializer = initializer,
                WeightOffset = offset,
                WeightLength = weightLength,
                OutputStride = inputMajor ? 1 : stride,
                InputStride = inputMajor ? stride : 1,
                BiasOffset = offset + weightLength,
                BiasLength = biasLength,
                RowStride = AlignedBlock<T>.RoundUp(outputs),
                NeedsZ = false,
            };
            offset += weightLength + biasLength;
        }

        return new NetworkShape(name, sizes[^1], NetworkTask.Regression, offset, 0, layers);
    }

    /// <summary>True where a number of the block is a weight or a bias, false where it is padding.</summary>
    public static bool[] Used(NetworkShape shape)
    {
        var used = new bool[shape.BlockLength];
        foreach (LayerInfo layer in shape.Layers)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                used[layer.BiasOffset + o] = true;
                for (int i = 0; i < layer.Inputs; i++)
                {
                    used[layer.WeightOffset + (o * layer.OutputStride) + (i * layer.InputStride)] = true;
                }
            }
        }

        return used;
    }
}
