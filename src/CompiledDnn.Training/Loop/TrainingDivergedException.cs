namespace CompiledDnn;

/// <summary>
/// Training led to a cost or to parameters that are infinite or not a number. The network has been given its last good weights again:
/// those of the end of an epoch, or those that training began with.
/// </summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    internal TrainingDivergedException(string network, TrainingPosition position, string what, string where, long restored, TrainingHistory history)
        : base(
            $"{network}.Fit: {what} in epoch {position.Epoch}, step {position.StepInEpoch}: training diverged ({where}); the network has the weights {After(restored)} again; try a smaller learning rate, or scale the inputs and targets.")
    {
        Network = network;
        Epoch = position.Epoch;
        Step = position.StepInEpoch;
        RestoredStep = restored;
        History = history;
    }

    /// <summary>The name of the network's class.</summary>
    public string Network { get; }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, counted from 1.</summary>
    public int Step { get; }

    /// <summary>The steps, counted over all epochs, after which the network had the weights that it has again.</summary>
    public long RestoredStep { get; }

    /// <summary>The epochs before that.</summary>
    public TrainingHistory History { get; }

    private static string After(long steps) => steps switch
    {
        0 => "that training began with",
        1 => "that it had after 1 step",
        _ => FormattableString.Invariant($"that it had after {steps} steps"),
    };
}
