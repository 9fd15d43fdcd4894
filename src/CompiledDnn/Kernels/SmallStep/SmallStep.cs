using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// The step of a small network: a tile of examples goes through all layers, up and down, while it is in the L1 cache. Hidden
/// activations live on the stack; AL, ZL where it is kept, DZL and DA0 where it is kept are written to the workspace.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SmallStep
{
    /// <summary>Forward, cost, backward and gradient descent. A batch that fits a tile updates the weights from registers.</summary>
    /// <param name="p">The weights and biases; updated.</param>
    /// <param name="state">The workspace.</param>
    /// <param name="x">m rows of inputs.</param>
    /// <param name="targets">m rows of targets, or m labels.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="threads">On how many threads; the bits of the result do not depend on it.</param>
    /// <returns>The cost J before the update.</returns>
    /// <exception cref="ArgumentException">A span or the workspace is too short.</exception>
    public static T Descend<T, TTarget, TChain, TLoss>(
        ParameterBlock<T> p, NetworkWorkspace<T> state, ReadOnlySpan<T> x, ReadOnlySpan<TTarget> targets, T learningRate, int m, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTarget : unmanaged
        where TChain : struct, IStepChain<T>
        where TLoss : struct, IStepLoss<T, TTarget>
    {
        // Taken whatever the batch, so that a larger one on this thread allocates nothing.
        _ = StepChunkWork<T, TTarget, TChain, TLoss>.OfThread;
        if (m > StepChunk<T, TTarget, TChain, TLoss>.TileRows)
        {
            T cost = Gradient<T, TTarget, TChain, TLoss>(p, state, x, targets, m, threads);
            ParameterUpdate.Descend<T>(p.Span, state.Gradients, learningRate);
            return cost;
        }

        var chunk = new StepChunk<T, TTarget, TChain, TLoss>(p, state, x, targets, m);
        return T.CreateTruncating(chunk.Run<DescendEpilogue<T>>(ref p.First, -learningRate / T.CreateTruncating(m)) / m);
    }

    /// <summary>Forward, cost and backward: fills the workspace's gradient block.</summary>
    /// <param name="p">The weights and biases.</param>
    /// <param name="state">The workspace.</param>
    /// <param name="x">m rows of inputs.</param>
    /// <param name="targets">m rows of targets, or m labels.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="threads">On how many threads; the bits of the result do not depend on it.</param>
    /// <returns>The cost J.</returns>
    /// <exception cref="ArgumentException">A span or the workspace is too short.</exception>
    public static T Gradient<T, TTarget, TChain, TLoss>(
        ParameterBlock<T> p, NetworkWorkspace<T> state, ReadOnlySpan<T> x, ReadOnlySpan<TTarget> targets, int m, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTarget : unmanaged
        where TChain : struct, IStepChain<T>
        where TLoss : struct, IStepLoss<T, TTarget>
    {
        StepChunkWork<T, TTarget, TChain, TLoss> work = StepChunkWork<T, TTarget, TChain, TLoss>.OfThread;
        Span<T> gradients = state.Gradients;
        KernelGuard.Rows(gradients.Length, 1, TChain.ParameterLength, nameof(state));
        T scale = T.One / T.CreateTruncating(m);
        if (m <= StepChunk<T, TTarget, TChain, TLoss>.TileRows)
        {
            var all = new StepChunk<T, TTarget, TChain, TLoss>(p, state, x, targets, m);
            return T.CreateTruncating(all.Run<MeanEpilogue<T>>(ref MemoryMarshal.GetReference(gradients), scale) / m);
        }

        int chunks = StepShape.Chunks(m);
        KernelGuard.Rows(state.DZBlock(1).Length, chunks - 1, gradients.Length, nameof(state));
        double loss = work.Run(p, state, x, targets, m, chunks, threads);
        for (int i = 1; i < chunks; i++)
        {
            Span<T> other = StepChunkWork<T, TTarget, TChain, TLoss>.Gradients(state, i);
            TensorPrimitives.Add<T>(gradients, other, gradients);

            // Padding is zero in every block, always.
            other.Clear();
        }

        TensorPrimitives.Multiply(gradients, scale, gradients);
        return T.CreateTruncating(loss / m);
    }
}
