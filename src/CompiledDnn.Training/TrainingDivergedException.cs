namespace CompiledDnn;

/// <summary>Training led to a cost or to parameters that are infinite or not a number. The network's parameters are of no use any more.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    internal TrainingDivergedException(string network, int epoch, int step, string what, TrainingHistory history)
        : base($"{network}.Fit: {what} in epoch {epoch}, step {step}: training diverged; try a smaller learning rate, or scale the inputs and targets.")
    {
        Network = network;
        Epoch = epoch;
        Step = step;
        History = history;
    }

    /// <summary>The name of the network's class.</summary>
    public string Network { get; }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, counted from 1.</summary>
    public int Step { get; }

    /// <summary>The epochs before that.</summary>
    public TrainingHistory History { get; }
}
