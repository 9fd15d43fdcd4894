using System.Numerics;
using CompiledDnn.Threading;

namespace CompiledDnn.Kernels;

/// <summary>
/// The chunks of a small network's step, in shares that may run on different threads: forward, loss and backward of the examples of
/// each. A chunk's gradient, without the 1/m, goes to a block of its own, and its loss to a number of its own.
/// </summary>
internal sealed unsafe class StepChunkWork<T, TTarget, TChain, TLoss> : TeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTarget : unmanaged
    where TChain : struct, IStepChain<T>
    where TLoss : struct, IStepLoss<T, TTarget>
{
    [ThreadStatic]
    private static StepChunkWork<T, TTarget, TChain, TLoss>? s_ofThread;

    private readonly double[] _losses = new double[StepShape.MostChunks];
    private ParameterBlock<T>? _parameters;
    private NetworkWorkspace<T>? _state;
    private T* _x;
    private TTarget* _targets;
    private int _xLength;
    private int _targetsLength;
    private int _chunks;
    private int _m;

    /// <summary>One for each thread, since its calls come one after the other.</summary>
    public static StepChunkWork<T, TTarget, TChain, TLoss> OfThread => s_ofThread ??= new();

    /// <summary>Does all chunks.</summary>
    /// <param name="p">The weights and biases.</param>
    /// <param name="state">The workspace.</param>
    /// <param name="x">m rows of inputs.</param>
    /// <param name="targets">m rows of targets, or m labels.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="chunks">How many chunks the batch has.</param>
    /// <param name="threads">On how many threads.</param>
    /// <returns>The sum of the examples' losses, added up chunk by chunk in their order.</returns>
    public double Run(
        ParameterBlock<T> p, NetworkWorkspace<T> state, ReadOnlySpan<T> x, ReadOnlySpan<TTarget> targets, int m, int chunks, int threads)
    {
        fixed (T* px = x)
        fixed (TTarget* pt = targets)
        {
            _x = px;
            _targets = pt;
            (_parameters, _state, _xLength, _targetsLength, _m, _chunks) = (p, state, x.Length, targets.Length, m, chunks);
            try
            {
                if (threads == 1 || !WorkTeam.TryRun(this, threads))
                {
                    Run(0, 1);
                }
            }
            finally
            {
                (_parameters, _state) = (null, null);
            }
        }

        double loss = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            loss += _losses[chunk];
        }

        return loss;
    }

    /// <summary>Where the gradient of a chunk goes: that of the first to the workspace's own block, the others to DZ1, which the step has no other use for.</summary>
    public static Span<T> Gradients(NetworkWorkspace<T> state, int chunk)
    {
        Span<T> gradients = state.Gradients;
        return chunk == 0 ? gradients : state.DZBlock(1).Slice((chunk - 1) * gradients.Length, gradients.Length);
    }

    protected override void Run(int share, int shares)
    {
        (int first, int count) = new Share(share, shares).Of(_chunks, 1);
        for (int index = first; index < first + count; index++)
        {
            int begin = (int)((long)_m * index / _chunks), end = (int)((long)_m * (index + 1) / _chunks);
            var chunk = new StepChunk<T, TTarget, TChain, TLoss>(
                _parameters!, _state!, new(_x, _xLength), new(_targets, _targetsLength), _m, begin, end);
            _losses[index] = chunk.Run<PlainEpilogue<T>>(ref Gradients(_state!, index)[0], T.One);
        }
    }
}
