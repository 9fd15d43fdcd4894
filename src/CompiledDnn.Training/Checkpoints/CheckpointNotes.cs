using System.Text.Json.Serialization;

namespace CompiledDnn;

/// <summary>What a checkpoint says beside its tensors; JSON text in the file's metadata.</summary>
internal sealed record CheckpointNotes
{
    /// <summary>The key of the text in the metadata.</summary>
    public const string Key = NetworkNotes.Training;

    /// <summary>The version that is written and read.</summary>
    public const int CurrentVersion = 1;

    private const int MeterLength = 4;

    /// <summary>The version of these notes.</summary>
    public required int Version { get; init; }

    /// <summary>What the place in the data depends on; a training that is resumed has to have the same.</summary>
    public required CheckpointSetting Setting { get; init; }

    /// <summary>The epoch under way or to begin.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps taken in it.</summary>
    public required int StepInEpoch { get; init; }

    /// <summary>The examples trained on in it.</summary>
    public required long Examples { get; init; }

    /// <summary>The steps taken in all epochs.</summary>
    public required long Steps { get; init; }

    /// <summary>The steps that the optimiser counts.</summary>
    public required long OptimizerSteps { get; init; }

    /// <summary>The learning rate that a schedule starts from.</summary>
    public required double BaseRate { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required double Rate { get; init; }

    /// <summary>Cost and accuracy of the epoch under way, as the meter gathers them.</summary>
    public required double[] Meter { get; init; }

    /// <summary>The finished epochs.</summary>
    public required List<EpochRecord> Epochs { get; init; }

    /// <summary>The costs of all steps; empty unless they are kept.</summary>
    public required List<StepCost> StepCosts { get; init; }

    /// <summary>What no training writes, as a complaint; null if there is nothing to complain of. For notes whose setting is right.</summary>
    public string? Complaint()
    {
        for (int i = 0; i < Epochs.Count; i++)
        {
            if (Epochs[i] is not { } record || record.Epoch != i + 1)
            {
                return $"epoch {i + 1} has no record";
            }

            if (Setting.Metrics.FirstOrDefault(name => !record.Metrics.ContainsKey(name) || (record.ValidationCost is not null && !record.ValidationMetrics.ContainsKey(name))) is { } lacking)
            {
                return $"the record of epoch {i + 1} has no {lacking}";
            }
        }

        long most = Setting.Count ?? long.MaxValue;
        long examples = Math.Min(most, (long)StepInEpoch * Setting.BatchSize);
        return Epoch != Epochs.Count + 1 ? $"there are records of {Epochs.Count} epochs, but epoch {Epoch} is to be trained"
            : StepInEpoch < 0 || Steps != (Epochs.Count == 0 ? 0 : Epochs[^1].Step) + StepInEpoch ? $"{Steps} steps are not those of the epochs and {StepInEpoch} more"
            : Examples > examples || Examples < (Setting.Count is null ? StepInEpoch : examples) ? $"{StepInEpoch} steps are not of {Examples} examples"
            : StepInEpoch > (Setting.Count + Setting.BatchSize - 1) / Setting.BatchSize ? $"an epoch has no {StepInEpoch} steps"
            : OptimizerSteps < 0 ? $"the optimiser took {OptimizerSteps} steps"
            : Meter.Length != MeterLength ? $"the costs of the epoch are {Meter.Length} numbers, not {MeterLength}"
            : null;
    }
}

/// <summary>What the place in the data and the optimiser's memory depend on.</summary>
internal sealed record CheckpointSetting
{
    /// <summary>The examples of the training data; null if it does not say.</summary>
    public required long? Count { get; init; }

    /// <summary>The examples of a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>See <see cref="TrainingOptions{T}.Shuffle"/>.</summary>
    public required bool Shuffle { get; init; }

    /// <summary>See <see cref="TrainingOptions{T}.Seed"/>.</summary>
    public required int Seed { get; init; }

    /// <summary>True if the weights of the best epoch are kept.</summary>
    public required bool KeepsBest { get; init; }

    /// <summary>The optimiser's type.</summary>
    public required string Optimizer { get; init; }

    /// <summary>What it remembers for each parameter.</summary>
    public required string[] Slots { get; init; }

    /// <summary>The names of the metrics.</summary>
    public required string[] Metrics { get; init; }

    /// <summary>What differs from the setting of a checkpoint, as complaints.</summary>
    /// <param name="saved">The setting of the checkpoint.</param>
    public IEnumerable<string> Differences(CheckpointSetting saved)
    {
        (string Name, object? Saved, object? Now)[] pairs =
        [
            ("examples of training data", saved.Count, Count),
            (nameof(BatchSize), saved.BatchSize, BatchSize),
            (nameof(Shuffle), saved.Shuffle, Shuffle),
            (nameof(Seed), saved.Seed, Seed),
            ("the best weights are kept", saved.KeepsBest, KeepsBest),
            (nameof(Optimizer), saved.Optimizer, Optimizer),
            ("metrics", string.Join(", ", saved.Metrics), string.Join(", ", Metrics)),
            ("optimiser's memory", string.Join(", ", saved.Slots), string.Join(", ", Slots)),
        ];
        return pairs
            .Where(pair => !Equals(pair.Saved, pair.Now))
            .Select(pair => FormattableString.Invariant($"{pair.Name}: the checkpoint was written with {pair.Saved ?? "unknown"}, but now it is {pair.Now ?? "unknown"}"));
    }
}

/// <summary>Reads and writes the notes without reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CheckpointNotes))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
