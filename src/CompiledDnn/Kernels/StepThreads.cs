using System.ComponentModel;
using System.Runtime.CompilerServices;
using CompiledDnn.Threading;

namespace CompiledDnn.Kernels;

/// <summary>Runs the phases of a step on as many threads as it is worth.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepThreads
{
    // Below so many floating-point operations for each thread, handing work over costs more than it gives: some 8 microseconds of work.
    private const long WorthAThread = 2_000_000;

    // Examples times threads. In a step with fewer, reading the weights that other processors have changed and changing those that others have
    // read takes as long as the multiply-adds that are shared, where the processors have no cache in common.
    private const int ExamplesWorthTheWay = 128;

    // The same where each thread reads the weights of layer 1 that it has changed itself.
    private const int ExamplesWorthTheWayInHalves = 48;

    /// <summary>How many threads a step is done on that changes weights.</summary>
    /// <param name="most">The network's MaxDegreeOfParallelism: −1 for as many processors as it is worth.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="operations">Floating-point operations for each example.</param>
    /// <param name="halvesInputs">True if the threads take halves of layer 1's inputs, <see cref="IDenseLayer.HalvesInputs"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountToTrain(int most, int m, long operations, bool halvesInputs = false)
    {
        int threads = Count(most, m, operations);
        return threads > 1 && NeedsCommonCache(most, m, threads, halvesInputs) && CacheDistance.IsFar ? 1 : threads;
    }

    /// <summary>True if so many threads are worth it only where they have a cache in common. A number that was asked for is not questioned.</summary>
    internal static bool NeedsCommonCache(int most, int m, int threads, bool halvesInputs) =>
        most < 0 && (long)m * threads < (halvesInputs ? ExamplesWorthTheWayInHalves : ExamplesWorthTheWay);

    /// <summary>How many threads a call is done on.</summary>
    /// <param name="most">The network's MaxDegreeOfParallelism: −1 for all processors.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="operations">Floating-point operations for each example.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(int most, int m, long operations) =>
        m * operations < 2 * WorthAThread || most == 1 ? 1 : CountMany(most, m, operations);

    /// <summary>Runs a phase, and returns when all of it is done.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TShare">The phase.</typeparam>
    /// <param name="step">What every share is given.</param>
    /// <param name="threads">How many threads, from <see cref="Count"/>.</param>
    public static void Run<T, TShare>(in StepArguments<T> step, int threads)
        where T : unmanaged
        where TShare : struct, IStepShare<T>
    {
        // Taken whatever the batch, so that a larger one on this thread allocates nothing.
        StepWork<T, TShare> work = StepWork<T, TShare>.OfThread;
        if (threads == 1 || !TryShare(work, in step, threads))
        {
            TShare.Run(in step, Share.Whole);
        }
    }

    private static int CountMany(int most, int m, long operations)
    {
        int threads = most < 0 ? Environment.ProcessorCount : Math.Min(most, Environment.ProcessorCount);
        return (int)Math.Min(Math.Min(threads, m), m * operations / WorthAThread);
    }

    private static unsafe bool TryShare<T, TShare>(StepWork<T, TShare> work, in StepArguments<T> step, int threads)
        where T : unmanaged
        where TShare : struct, IStepShare<T>
    {
        fixed (T* x = step.X, y = step.Y)
        fixed (int* labels = step.Labels)
        {
            work.Begin(in step, x, y, labels);
            try
            {
                return WorkTeam.TryRun(work, threads);
            }
            finally
            {
                work.End();
            }
        }
    }

    // The arguments of a step where other threads can read them. The calling thread keeps the spans' memory in place meanwhile.
    private sealed unsafe class StepWork<T, TShare> : TeamWork
        where T : unmanaged
        where TShare : struct, IStepShare<T>
    {
        [ThreadStatic]
        private static StepWork<T, TShare>? s_ofThread;

        private T* _x;
        private T* _y;
        private int* _labels;
        private int _xLength;
        private int _yLength;
        private int _labelsLength;
        private T _learningRate;
        private ParameterBlock<T>? _parameters;
        private NetworkWorkspace<T>? _state;
        private IParameterUpdate<T>? _update;

        /// <summary>One for each thread, since its calls come one after the other.</summary>
        public static StepWork<T, TShare> OfThread => s_ofThread ??= new();

        public void Begin(in StepArguments<T> step, T* x, T* y, int* labels)
        {
            _x = x;
            _y = y;
            _labels = labels;
            (_xLength, _yLength, _labelsLength) = (step.X.Length, step.Y.Length, step.Labels.Length);
            _learningRate = step.LearningRate;
            (_parameters, _state, _update) = (step.Parameters, step.State, step.Update);
        }

        public void End() => (_parameters, _state, _update) = (null, null, null);

        protected override void Run(int share, int shares) => TShare.Run(
            new StepArguments<T>(_parameters!, new(_x, _xLength), _state!)
            {
                Y = new(_y, _yLength),
                Labels = new(_labels, _labelsLength),
                LearningRate = _learningRate,
                Update = _update,
            },
            new Share(share, shares));
    }
}
