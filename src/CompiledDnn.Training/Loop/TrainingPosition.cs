namespace CompiledDnn;

/// <summary>How far training has come: what it takes to go on from there.</summary>
/// <param name="Epoch">The epoch under way or to begin, counted from 1.</param>
/// <param name="StepInEpoch">The steps taken in it.</param>
/// <param name="Examples">The examples trained on in it.</param>
internal readonly record struct TrainingPosition(int Epoch, int StepInEpoch, long Examples)
{
    /// <summary>Before the first step.</summary>
    public static TrainingPosition Start => new(1, 0, 0);

    /// <summary>After one more step.</summary>
    /// <param name="examples">The examples of its batch.</param>
    public TrainingPosition AfterStep(int examples) => new(Epoch, StepInEpoch + 1, Examples + examples);

    /// <summary>At the beginning of the next epoch.</summary>
    public TrainingPosition NextEpoch() => new(Epoch + 1, 0, 0);
}
