using System.Diagnostics;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Writes the checkpoints of a training when they are due.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">Where and how often.</param>
/// <param name="state">What they hold.</param>
internal sealed class CheckpointKeeper<T>(CheckpointOptions options, TrainingState<T> state)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CheckpointFolder _folder = new(options.Folder);
    private long _last = Stopwatch.GetTimestamp();
    private TrainingPosition? _saved;

    private long Step => state.Context.Step;

    /// <summary>Saves if so many steps, or so much time, say so.</summary>
    /// <param name="position">Where training is.</param>
    public void AfterStep(TrainingPosition position)
    {
        bool isDue = (options.EverySteps > 0 && Step % options.EverySteps == 0)
            || (options.EveryInterval is { } interval && Stopwatch.GetElapsedTime(_last) >= interval);
        if (isDue)
        {
            Save(position);
        }
    }

    /// <summary>Saves if so many epochs say so.</summary>
    /// <param name="position">Where training is: at the beginning of the next epoch.</param>
    public void AfterEpoch(TrainingPosition position)
    {
        if (options.EveryEpochs > 0 && (position.Epoch - 1) % options.EveryEpochs == 0)
        {
            Save(position);
        }
    }

    /// <summary>Saves at the end of training, unless it was done just now.</summary>
    /// <param name="position">Where training is.</param>
    public void AtEnd(TrainingPosition position)
    {
        if (_saved != position)
        {
            Save(position);
        }
    }

    private void Save(TrainingPosition position)
    {
        NetworkShape shape = state.Network.Shape;
        string path = _folder.PathOf(Step);
        try
        {
            _folder.Create();
            CheckpointWriter.Write(path, shape, state.Blocks(), state.Numbers(), state.Notes(position));
            _folder.Prune(options.Keep);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{shape.Name}.Fit: the checkpoint '{path}' could not be written ({error.Message}); the network is at step {Step}, and {Before()}.", error);
        }

        _last = Stopwatch.GetTimestamp();
        _saved = position;
    }

    private string Before() =>
        _folder.Newest() is { } before ? $"'{before}' is intact: make room and fit again to go on from it" : "there is no earlier one";
}
