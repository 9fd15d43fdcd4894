using System.Numerics;

namespace CompiledDnn;

/// <summary>All that a training has to know to go on, put into a checkpoint and taken out of one.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class TrainingState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The network.</summary>
    public required INetwork<T> Network { get; init; }

    /// <summary>The optimiser's memory.</summary>
    public required OptimizerState<T> Optimizer { get; init; }

    /// <summary>Has the rate that a schedule starts from.</summary>
    public required TrainingContext<T> Context { get; init; }

    /// <summary>The costs of the epoch under way.</summary>
    public required BatchMeter<T> Meter { get; init; }

    /// <summary>The metrics of the epoch under way.</summary>
    public required MetricSet<T> Metrics { get; init; }

    /// <summary>The best epoch; null if nobody asks.</summary>
    public required BestWeights<T>? Best { get; init; }

    /// <summary>What the place in the data depends on.</summary>
    public required CheckpointSetting Setting { get; init; }

    private TrainingHistory History => Context.History;

    /// <summary>The blocks to save.</summary>
    public IReadOnlyList<CheckpointBlock<T>> Blocks() => Blocks(Network.Parameters);

    /// <summary>Numbers of any count to save beside them.</summary>
    public IReadOnlyList<CheckpointNumbers> Numbers() =>
        [new(CheckpointTensors.OptimizerNumbers, () => Optimizer.Numbers.ToArray()), .. Setting.Metrics.Zip(Metrics.Accumulators, (name, gathered) => new CheckpointNumbers(CheckpointTensors.Metric(name), () => gathered.State.ToArray()))];

    /// <summary>What goes beside them.</summary>
    /// <param name="position">Where training is.</param>
    public CheckpointNotes Notes(TrainingPosition position) => new()
    {
        Version = CheckpointNotes.CurrentVersion,
        Setting = Setting,
        Epoch = position.Epoch,
        StepInEpoch = position.StepInEpoch,
        Examples = position.Examples,
        Steps = History.Steps,
        OptimizerSteps = Optimizer.Steps,
        BaseRate = Context.BaseRate,
        Rate = Optimizer.Rate,
        Meter = Meter.Save(),
        Epochs = [.. History.Epochs],
        StepCosts = [.. History.StepCosts],
    };

    /// <summary>Goes on from a checkpoint. If it does not fit, the network is unchanged.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <returns>Where training was.</returns>
    /// <exception cref="ArgumentException">The options are not those that it was written with.</exception>
    /// <exception cref="NetworkFileException">It is damaged, or of another network.</exception>
    public TrainingPosition Load(string path)
    {
        using var reader = new CheckpointReader(path, Network.Shape);
        CheckpointNotes notes = reader.Notes;
        string[] differences = [.. Setting.Differences(notes.Setting)];
        if (differences.Length > 0)
        {
            throw new ArgumentException(
                $"{Network.Shape.Name}.Fit: nothing was trained: training cannot go on from '{path}': {string.Join("; ", differences)}; fit with the same options, or choose another folder.");
        }

        if (notes.Complaint() is { } complaint)
        {
            throw reader.Damaged(complaint);
        }

        Best?.Replay(notes.Epochs);
        var parameters = new ParameterBlock<T>(Network.Shape);
        reader.Fill(Blocks(parameters));
        reader.CheckActivations();
        RestoreNumbers(reader);

        // Nothing can fail from here on.
        parameters.Span.CopyTo(Network.Parameters.Span);
        Restore(notes);
        return new TrainingPosition(notes.Epoch, notes.StepInEpoch, notes.Examples);
    }

    private void RestoreNumbers(CheckpointReader reader)
    {
        double[] numbers = reader.Numbers(CheckpointTensors.OptimizerNumbers);
        if (numbers.Length != Optimizer.Numbers.Length)
        {
            throw reader.Damaged($"the optimiser has {Optimizer.Numbers.Length} numbers beside its slots, but in the checkpoint there are {numbers.Length}");
        }

        numbers.CopyTo(Optimizer.Numbers);
        foreach ((string name, MetricAccumulator<T> gathered) in Setting.Metrics.Zip(Metrics.Accumulators))
        {
            try
            {
                gathered.Restore(reader.Numbers(CheckpointTensors.Metric(name)));
            }
            catch (ArgumentException error)
            {
                throw reader.Damaged($"the metric {name} cannot go on from its numbers ({error.Message.TrimEnd('.')})", error);
            }
        }
    }

    private void Restore(CheckpointNotes notes)
    {
        foreach (EpochRecord record in notes.Epochs)
        {
            History.Add(record);
        }

        foreach (StepCost step in notes.StepCosts)
        {
            History.Add(step);
        }

        History.Steps = notes.Steps;
        Optimizer.Steps = notes.OptimizerSteps;
        Optimizer.Rate = notes.Rate;
        Context.BaseRate = notes.BaseRate;
        Meter.Load(notes.Meter);
    }

    private List<CheckpointBlock<T>> Blocks(ParameterBlock<T> parameters)
    {
        List<CheckpointBlock<T>> blocks = [new("", () => parameters.Span)];
        for (int i = 0; i < Optimizer.Optimizer.Slots.Count; i++)
        {
            int slot = i;
            blocks.Add(new(CheckpointTensors.Slot(Optimizer.Optimizer.Slots[slot]), () => Optimizer.Slot(slot)));
        }

        if (Best is { HasWeights: true } best)
        {
            blocks.Add(new(CheckpointTensors.Best, () => best.Weights));
        }

        return blocks;
    }
}
