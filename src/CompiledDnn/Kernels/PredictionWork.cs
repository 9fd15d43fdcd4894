using System.Numerics;
using CompiledDnn.Threading;

namespace CompiledDnn.Kernels;

/// <summary>A prediction in shares of the batch, with its arguments where other threads can read them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TInference">The network.</typeparam>
internal sealed unsafe class PredictionWork<T, TInference> : TeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInference : struct, IInference<T>
{
    [ThreadStatic]
    private static PredictionWork<T, TInference>? s_ofThread;

    private NetworkShape? _shape;
    private ParameterBlock<T>? _parameters;
    private T* _x;
    private T* _outputs;
    private int _m;

    /// <summary>One for each thread, since its calls come one after the other.</summary>
    public static PredictionWork<T, TInference> OfThread => s_ofThread ??= new();

    /// <summary>Predicts m examples on so many threads.</summary>
    /// <returns>False if the team of threads is at work for another call: nothing was done.</returns>
    public bool TryRun(NetworkShape shape, ParameterBlock<T> p, ReadOnlySpan<T> x, Span<T> outputs, int m, int threads)
    {
        fixed (T* px = x, po = outputs)
        {
            _x = px;
            _outputs = po;
            _m = m;
            (_shape, _parameters) = (shape, p);
            try
            {
                return WorkTeam.TryRun(this, threads);
            }
            finally
            {
                (_shape, _parameters) = (null, null);
            }
        }
    }

    protected override void Run(int share, int shares)
    {
        NetworkShape shape = _shape!;
        (int first, int count) = new Share(share, shares).Of(_m, 1);
        Prediction.RunHere<T, TInference>(
            shape,
            _parameters!,
            new(_x + ((long)first * shape.InputSize), count * shape.InputSize),
            new(_outputs + ((long)first * shape.OutputSize), count * shape.OutputSize),
            count);
    }
}
