using System.Diagnostics;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Tells how far training has come: after each epoch and, in long epochs, every so often.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="progress">Who is told.</param>
/// <param name="options">The options of the training.</param>
/// <param name="context">Where it is.</param>
/// <param name="stepsPerEpoch">The steps of an epoch; null if not known.</param>
internal sealed class ProgressReporter<T>(
    IProgress<TrainingProgress> progress, TrainingOptions<T> options, TrainingContext<T> context, int? stepsPerEpoch)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly long _stepsBefore = context.Step;
    private long _last = Stopwatch.GetTimestamp();
    private long _examples;

    /// <summary>Counts a step, and tells of it if it has been a while.</summary>
    /// <param name="examples">The examples of its batch.</param>
    /// <param name="meter">The epoch's cost and accuracy so far.</param>
    public void AfterStep(int examples, BatchMeter<T> meter)
    {
        _examples += examples;
        if (options.ProgressInterval is { } interval && Stopwatch.GetElapsedTime(_last) >= interval)
        {
            Evaluation soFar = meter.Result;
            Tell(new EpochRecord { Epoch = context.Epoch, Cost = soFar.Cost, Accuracy = soFar.Accuracy, Seconds = 0 }, isEpochEnd: false);
        }
    }

    /// <summary>Tells of an epoch that has ended.</summary>
    /// <param name="record">Its record.</param>
    public void AfterEpoch(EpochRecord record) => Tell(record, isEpochEnd: true);

    private void Tell(EpochRecord record, bool isEpochEnd)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_began);
        progress.Report(new TrainingProgress
        {
            Epoch = record.Epoch,
            Epochs = options.Epochs,
            Step = context.Step,
            StepInEpoch = context.StepInEpoch,
            StepsPerEpoch = stepsPerEpoch,
            IsEpochEnd = isEpochEnd,
            Cost = record.Cost,
            Accuracy = record.Accuracy,
            Metrics = record.Metrics,
            ValidationCost = record.ValidationCost,
            ValidationAccuracy = record.ValidationAccuracy,
            ValidationMetrics = record.ValidationMetrics,
            Rate = context.Rate,
            ExamplesPerSecond = elapsed > TimeSpan.Zero ? _examples / elapsed.TotalSeconds : 0,
            Elapsed = elapsed,
            TimeLeft = TimeLeft(elapsed),
        });
        _last = Stopwatch.GetTimestamp();
    }

    // As long for each step to come as for those so far, validation included; early stopping is not foreseen.
    private TimeSpan? TimeLeft(TimeSpan elapsed)
    {
        long steps = context.Step - _stepsBefore;
        return stepsPerEpoch is { } each && steps > 0
            ? elapsed * (((double)each * options.Epochs) - context.Step) / steps
            : null;
    }
}
