using System.Runtime.InteropServices;
using CompiledDnn;

namespace Samples;

/// <summary>Trains as the command line asks: shown meanwhile, and interrupted by Ctrl+C without losing anything.</summary>
internal static class TrainingSession
{
    /// <summary>What programs that were interrupted end with.</summary>
    private const int Interrupted = 130;

    /// <summary>Trains. When the program should not go on, says so on the terminal.</summary>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="fit">Trains: tells the first after every epoch, and ends early when the second says so.</param>
    /// <param name="exitCode">The exit code if the program should end: 130 after an interruption, 1 if the checkpoints are of no use.</param>
    /// <returns>What training came to; null if the program should end.</returns>
    public static TrainingHistory? Run(
        SampleOptions options, Func<IProgress<TrainingProgress>, CancellationToken, TrainingHistory> fit, out int exitCode)
    {
        using var interruption = new CancellationTokenSource();
        using IDisposable interrupt = OnSignal(PosixSignal.SIGINT, interruption);
        using IDisposable terminate = OnSignal(PosixSignal.SIGTERM, interruption);
        exitCode = 0;
        try
        {
            TrainingHistory history = TrainingDisplay.Show(progress => fit(progress, interruption.Token));
            if (!history.WasCancelled)
            {
                return history;
            }

            Console.WriteLine(options.Checkpoints is { } checkpoints
                ? $"Interrupted. All until the last step is in '{checkpoints.Folder}': the same command goes on from there."
                : "Interrupted. The same command begins anew; with --checkpoints FOLDER it would go on.");
            exitCode = Interrupted;
        }
        catch (Exception error) when (error is IOException || (error is ArgumentException && options.Checkpoints is not null))
        {
            // A checkpoint that cannot be written, is damaged, or comes from other options: the message says which, and what to do.
            Console.Error.WriteLine(error.Message);
            exitCode = 1;
        }

        return null;
    }

    // The first signal ends training after the step under way, a second one the program.
    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource interruption) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = !interruption.IsCancellationRequested;
            interruption.Cancel();
        });
}
