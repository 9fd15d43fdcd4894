using CompiledDnn;
using Spectre.Console;
using static System.FormattableString;

namespace Samples;

/// <summary>Shows training while it goes on: a bar in a terminal, some lines where the output goes to a file or a pipe.</summary>
internal static class TrainingDisplay
{
    /// <summary>Lines for all of training where there is no terminal.</summary>
    private const int Lines = 10;

    /// <summary>Trains.</summary>
    /// <param name="train">Trains, and tells what it is given about every epoch.</param>
    /// <returns>What training came to.</returns>
    public static TrainingHistory Show(Func<IProgress<TrainingProgress>, TrainingHistory> train)
    {
        TrainingHistory history = Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi
            ? train(new Reporter(WriteLine))
            : AnsiConsole.Progress()
                .Columns(new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
                .Start(context => ShowBar(context, train));
        string early = history.StopReason == StopReason.EarlyStopping ? " and got no better" : "";
        Console.WriteLine(Invariant($"Trained for {history.Epochs.Count} epochs, {history.Steps} steps, in {history.Epochs.Sum(e => e.Seconds):F1} s{early}."));
        return history;
    }

    private static TrainingHistory ShowBar(ProgressContext context, Func<IProgress<TrainingProgress>, TrainingHistory> train)
    {
        ProgressTask bar = context.AddTask("training");
        return train(new Reporter(progress =>
        {
            bar.MaxValue = progress.Epochs;
            bar.Value = progress.Epoch;
            bar.Description = Describe(progress);
        }));
    }

    private static void WriteLine(TrainingProgress progress)
    {
        int every = Math.Max(1, progress.Epochs / Lines);
        if (progress.Epoch == 1 || progress.Epoch % every == 0 || progress.Epoch == progress.Epochs)
        {
            Console.WriteLine(Describe(progress));
        }
    }

    // Whatever the training does not have is left out: a regression has no accuracy.
    private static string Describe(TrainingProgress progress) => string.Concat(
        Invariant($"epoch {progress.Epoch,3}/{progress.Epochs}  cost {progress.Cost:F4}"),
        progress.ValidationCost is { } cost ? Invariant($" (validation {cost:F4})") : "",
        progress.Accuracy is { } accuracy ? Invariant($"  accuracy {accuracy:F4}") : "",
        progress.ValidationAccuracy is { } right ? Invariant($" ({right:F4})") : "",
        Invariant($"  rate {progress.Rate:G3}  {progress.ExamplesPerSecond:N0} examples/s"),
        progress.TimeLeft is { } left && left > TimeSpan.Zero ? Invariant($"  {left.TotalSeconds:F1} s left") : "");

    // Unlike Progress<T>, tells it at once and on the thread that trains: in order, and never after training has ended.
    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
