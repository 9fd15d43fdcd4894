using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>The Euclidean norm of a whole gradient block, and clipping by it. Padding is zero and adds nothing.</summary>
/// <remarks>
/// R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", 2013, algorithm 1, with the 10⁻⁶ of
/// PyTorch's <c>clip_grad_norm_</c>.
/// </remarks>
internal static class GradientNorm
{
    private const int ChunkLength = 256;

    // Below this, squares of single numbers may have been too small for a double.
    private const double LeastSum = 1e-280;

    /// <summary>√(Σ g²), whatever the magnitude of the numbers; not finite only if one of them is not.</summary>
    /// <param name="gradients">The block.</param>
    public static double Of<T>(ReadOnlySpan<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = WideSums.Squares(gradients);
        return double.IsFinite(sum) && sum >= LeastSum ? Math.Sqrt(sum) : Scaled(gradients);
    }

    /// <summary>Multiplies the gradient by limit / norm if its norm is larger.</summary>
    /// <param name="gradients">The block; changed.</param>
    /// <param name="limit">The largest norm, positive.</param>
    /// <returns>The norm before. If it is not finite, the gradient is left as it is.</returns>
    public static double Clip<T>(Span<T> gradients, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double norm = Of<T>(gradients), factor = limit / (norm + 1e-6);
        if (double.IsFinite(norm) && factor < 1)
        {
            TensorPrimitives.Multiply(gradients, T.CreateTruncating(factor), gradients);
        }

        return norm;
    }

    // The numbers are divided by the largest first.
    private static double Scaled<T>(ReadOnlySpan<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = gradients.IsEmpty ? T.Zero : T.Abs(TensorPrimitives.MaxMagnitude(gradients));
        if (largest == T.Zero || !T.IsFinite(largest))
        {
            return double.CreateTruncating(largest);
        }

        double sum = 0;
        Span<T> buffer = stackalloc T[ChunkLength];
        while (!gradients.IsEmpty)
        {
            Span<T> chunk = buffer[..Math.Min(ChunkLength, gradients.Length)];
            TensorPrimitives.Divide(gradients[..chunk.Length], largest, chunk);
            sum += WideSums.Squares<T>(chunk);
            gradients = gradients[chunk.Length..];
        }

        return double.CreateTruncating(largest) * Math.Sqrt(sum);
    }
}
