using System.Text.Json;
using System.Text.Json.Serialization;

namespace CompiledDnn;

/// <summary>A history as JSON.</summary>
internal static class HistoryJson
{
    /// <summary>All of a history.</summary>
    public static string Write(TrainingHistory history) => JsonSerializer.Serialize(
        new HistoryDocument
        {
            Version = HistoryDocument.CurrentVersion,
            StopReason = history.StopReason,
            Steps = history.Steps,
            Epochs = [.. history.Epochs],
            StepCosts = [.. history.StepCosts],
        },
        HistoryJsonContext.Default.HistoryDocument);

    /// <summary>Reads a history.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static TrainingHistory Read(string json)
    {
        HistoryDocument document;
        try
        {
            document = JsonSerializer.Deserialize(json, HistoryJsonContext.Default.HistoryDocument) ?? throw Wrong("it says null");
        }
        catch (JsonException error)
        {
            throw Wrong(error.Message.TrimEnd('.'), error);
        }

        if (document.Version != HistoryDocument.CurrentVersion)
        {
            throw Wrong($"its version is {document.Version}, but version {HistoryDocument.CurrentVersion} is read here");
        }

        var history = new TrainingHistory { StopReason = document.StopReason, Steps = document.Steps };
        foreach (EpochRecord? epoch in document.Epochs)
        {
            history.Add(epoch is not null && epoch.Epoch > (history.Last?.Epoch ?? 0)
                ? epoch
                : throw Wrong($"after epoch {history.Last?.Epoch ?? 0} comes {epoch?.Epoch.ToString(null, null) ?? "null"}; epochs are counted up from 1"));
        }

        history.ReserveStepCosts(document.StepCosts.Count);
        foreach (StepCost step in document.StepCosts)
        {
            history.Add(step);
        }

        return history;
    }

    private static FormatException Wrong(string reason, Exception? inner = null) =>
        new($"TrainingHistory.FromJson: the text is no training history: {reason}.", inner);
}

/// <summary>What the text of a history holds.</summary>
internal sealed record HistoryDocument
{
    /// <summary>The version that is written and read.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the text.</summary>
    public required int Version { get; init; }

    /// <summary>See <see cref="TrainingHistory.StopReason"/>.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>See <see cref="TrainingHistory.Steps"/>.</summary>
    public required long Steps { get; init; }

    /// <summary>See <see cref="TrainingHistory.Epochs"/>.</summary>
    public required List<EpochRecord> Epochs { get; init; }

    /// <summary>See <see cref="TrainingHistory.StepCosts"/>.</summary>
    public required List<StepCost> StepCosts { get; init; }
}

/// <summary>Reads and writes a history without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(HistoryDocument))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
