using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn.Kernels;

/// <summary>Updates of a whole parameter block in one sweep.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterUpdate
{
    /// <summary>Gradient descent: W −= learningRate · DW, b −= learningRate · DB. Padding stays zero.</summary>
    /// <param name="parameters">The parameter block; overwritten.</param>
    /// <param name="gradients">The gradient block, laid out like it.</param>
    /// <param name="learningRate">The learning rate.</param>
    public static void Descend<T>(Span<T> parameters, ReadOnlySpan<T> gradients, T learningRate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TensorPrimitives.MultiplyAddEstimate(gradients, -learningRate, parameters, parameters);
}
