using System.Diagnostics;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Says before each step whether training goes on.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">What may stop it.</param>
/// <param name="context">Where a callback may have stopped it.</param>
internal sealed class StopSignal<T>(TrainingOptions<T> options, TrainingContext<T> context)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Why no further step is to be taken; null to go on.</summary>
    public StopReason? Reason() =>
        options.CancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : context.IsStopped ? StopReason.Callback
        : options.TimeLimit is { } limit && Stopwatch.GetElapsedTime(_began) >= limit ? StopReason.TimeLimit
        : null;
}
