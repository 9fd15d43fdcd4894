using System.Globalization;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Checks what is given for training, and says all that is wrong at once.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
internal sealed class TrainingCheck<T>(INetwork<T> network)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkShape _shape = network.Shape;
    private readonly List<string> _complaints = [];

    /// <summary>Checks the numbers of the options.</summary>
    public void Options(TrainingOptions<T> options)
    {
        if (options.Epochs < 0)
        {
            _complaints.Add($"Epochs is {options.Epochs}, but cannot be negative");
        }

        BatchSize(options.BatchSize);
        if (options.Optimizer is null)
        {
            _complaints.Add("Optimizer is null; leave it out for Adam");
        }

        if (options.Callbacks is null || options.Callbacks.Any(callback => callback is null))
        {
            _complaints.Add("Callbacks is null or has a null; leave it out for none");
        }

        Times(options);
        EarlyStopping(options.EarlyStopping);
        Checkpoints(options.Checkpoints);
    }

    private void Times(TrainingOptions<T> options)
    {
        if (options.TimeLimit is { } limit && limit < TimeSpan.Zero)
        {
            _complaints.Add(FormattableString.Invariant($"TimeLimit is {limit}, but cannot be negative"));
        }

        if (options.ProgressInterval is { } interval && interval < TimeSpan.Zero)
        {
            _complaints.Add(FormattableString.Invariant($"ProgressInterval is {interval}, but cannot be negative"));
        }
    }

    private void EarlyStopping(EarlyStopping? stopping)
    {
        if (stopping is { Patience: < 1 })
        {
            _complaints.Add($"EarlyStopping.Patience is {stopping.Patience}, but is at least 1");
        }

        if (stopping is not null && !(double.IsFinite(stopping.MinChange) && stopping.MinChange >= 0))
        {
            _complaints.Add(FormattableString.Invariant($"EarlyStopping.MinChange is {stopping.MinChange}, but is finite and not negative"));
        }
    }

    private void Checkpoints(CheckpointOptions? checkpoints)
    {
        if (checkpoints is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(checkpoints.Folder))
        {
            _complaints.Add("Checkpoints.Folder is empty; name a folder");
            return;
        }

        if (checkpoints.EveryEpochs < 0 || checkpoints.EverySteps < 0 || checkpoints.EveryInterval < TimeSpan.Zero)
        {
            _complaints.Add(FormattableString.Invariant(
                $"Checkpoints come every {checkpoints.EveryEpochs} epochs, {checkpoints.EverySteps} steps or {checkpoints.EveryInterval}, but none of these can be negative"));
        }

        if (checkpoints.Keep < 1)
        {
            _complaints.Add($"Checkpoints.Keep is {checkpoints.Keep}, but is at least 1");
        }

        if (File.Exists(checkpoints.Folder))
        {
            _complaints.Add($"Checkpoints.Folder '{checkpoints.Folder}' is a file; name a folder");
        }
        else if (!checkpoints.Resume && new CheckpointFolder(checkpoints.Folder).Newest() is { } newest)
        {
            _complaints.Add($"Checkpoints.Resume is false, but there is '{newest}' of an earlier training; resume it, delete it, or choose another folder");
        }
    }

    /// <summary>Checks a batch size.</summary>
    public void BatchSize(int batchSize)
    {
        if (batchSize < 0)
        {
            _complaints.Add($"the batch size is {batchSize}, but is at least 1, or TrainingOptions.FullBatch for all examples at once");
        }
    }

    /// <summary>Checks a data set.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="data">The data set.</param>
    public void Data(string name, Dataset<T> data)
    {
        if (data.Count == 0)
        {
            _complaints.Add($"{name} is empty");
        }

        if (data.InputSize != _shape.InputSize)
        {
            _complaints.Add($"{name} has InputSize {data.InputSize}, but the network has {_shape.InputSize}");
        }

        Numbers($"an input of {name}", data.X.Span, data.InputSize, T.IsFinite, "inputs must be finite");
        if (data.HasLabels)
        {
            Labels(name, data.Labels.Span);
        }
        else
        {
            Targets(name, data);
        }
    }

    /// <summary>Checks the metrics of a data set.</summary>
    public void Metrics(IReadOnlyList<Metric> metrics, Dataset<T> data) =>
        _complaints.AddRange(MetricSet.Complaints(metrics, MetricShape.Of(_shape, data.HasLabels)));

    /// <summary>Checks that there are classes to take for each other, and a name for each if there are names.</summary>
    public void ClassNames(IReadOnlyList<string>? names, MetricShape shape)
    {
        if (MetricComplaints.UnlessExclusive(shape) is { } complaint)
        {
            _complaints.Add($"a confusion matrix {complaint}");
        }
        else if (names is not null && names.Count != shape.Classes)
        {
            _complaints.Add($"there are {names.Count} class names, but {shape.Classes} classes");
        }
    }

    /// <summary>Throws if there was anything to complain of.</summary>
    /// <param name="method">The method that was called.</param>
    /// <param name="outcome">What did not happen.</param>
    /// <exception cref="ArgumentException">There was.</exception>
    public void ThrowIfAny(string method, string outcome)
    {
        if (_complaints.Count > 0)
        {
            throw new ArgumentException($"{_shape.Name}.{method}: {outcome}: {string.Join("; ", _complaints)}.");
        }
    }

    private void Targets(string name, Dataset<T> data)
    {
        bool fits = data.TargetSize == _shape.TargetSize;
        if (!fits)
        {
            _complaints.Add(
                $"{name} has TargetSize {data.TargetSize}, but the network has {_shape.TargetSize}{(network.TakesLabels ? " (or takes class labels)" : "")}");
        }

        if (fits && _shape.Task == NetworkTask.BinaryClassification)
        {
            // The comparison is false for NaN too.
            Numbers($"a target of {name}", data.Y.Span, data.TargetSize, y => y >= T.Zero && y <= T.One, "targets of probabilities go from 0 to 1");
        }
        else
        {
            Numbers($"a target of {name}", data.Y.Span, data.TargetSize, T.IsFinite, "targets must be finite");
        }
    }

    private void Labels(string name, ReadOnlySpan<int> labels)
    {
        if (!network.TakesLabels)
        {
            _complaints.Add($"{name} has class labels, but the network's loss takes none; give rows with TargetSize {_shape.TargetSize}");
            return;
        }

        int wrong = 0;
        int first = -1;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)_shape.OutputSize)
            {
                first = wrong++ == 0 ? i : first;
            }
        }

        if (wrong > 0)
        {
            _complaints.Add(
                $"the label of example {first} of {name} is {labels[first]}{AndMore(wrong)}, but labels go from 0 to {_shape.OutputSize - 1}");
        }
    }

    private void Numbers(string name, ReadOnlySpan<T> numbers, int size, Func<T, bool> isRight, string rule)
    {
        int wrong = 0;
        int first = -1;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!isRight(numbers[i]))
            {
                first = wrong++ == 0 ? i : first;
            }
        }

        if (wrong > 0)
        {
            string value = numbers[first].ToString(null, CultureInfo.InvariantCulture);
            _complaints.Add($"{name} is {value} (example {first / size}, column {first % size}){AndMore(wrong)}, but {rule}");
        }
    }

    private static string AndMore(int wrong) => wrong == 1 ? "" : $" and {wrong - 1} more are wrong";
}
