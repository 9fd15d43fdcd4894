using System.Numerics;

namespace CompiledDnn;

/// <summary>Checks what is given for training, and says all that is wrong at once.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
internal sealed partial class TrainingCheck<T>(INetwork<T> network)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkShape _shape = network.Shape;
    private readonly List<string> _complaints = [];

    /// <summary>Checks the numbers of the options.</summary>
    public void Options(TrainingOptions<T> options)
    {
        NotNegative("Epochs", options.Epochs);
        BatchSize(options.BatchSize);
        Targets(options);
        if (options.Optimizer is null)
        {
            _complaints.Add("Optimizer is null; leave it out for Adam");
        }

        if (options.Metrics is null)
        {
            _complaints.Add("Metrics is null; leave it out for none");
        }

        if (options.Callbacks is null || options.Callbacks.Any(callback => callback is null))
        {
            _complaints.Add("Callbacks is null or has a null; leave it out for none");
        }

        _complaints.AddRange(options.Rules.Complaints());
        WholeBatch(options);
        Times(options);
        EarlyStopping(options.EarlyStopping);
        Checkpoints(options.Checkpoints);
    }

    private void Targets(TrainingOptions<T> options)
    {
        int classes = _shape is { Task: NetworkTask.BinaryClassification, OutputSize: 1 } ? 2 : _shape.OutputSize;
        if (options.ClassWeights is { } weights)
        {
            if (_shape.Task == NetworkTask.Regression || (_shape.Task == NetworkTask.BinaryClassification && _shape.OutputSize > 1))
            {
                _complaints.Add("ClassWeights are for classes that exclude each other, but the network has none");
            }
            else if (weights.Count != classes)
            {
                _complaints.Add($"ClassWeights has {weights.Count} weights, but there are {classes} classes");
            }

            if (weights.Any(weight => !double.IsFinite(weight) || weight < 0))
            {
                _complaints.Add("ClassWeights holds a number that is negative or not finite");
            }
        }

        if (options.LabelSmoothing is not (>= 0 and < 1))
        {
            _complaints.Add(FormattableString.Invariant($"LabelSmoothing is {options.LabelSmoothing}, but is at least 0 and less than 1"));
        }
        else if (options.LabelSmoothing > 0 && (_shape.Task == NetworkTask.Regression || _shape.TargetSize != _shape.OutputSize))
        {
            _complaints.Add("LabelSmoothing is for classes and probabilities, but the network has none");
        }
    }

    private void WholeBatch(TrainingOptions<T> options)
    {
        if (options.Optimizer is not { NeedsFullBatch: true } optimizer)
        {
            return;
        }

        string name = optimizer.GetType().Name;
        if (options.BatchSize != TrainingOptions.FullBatch)
        {
            _complaints.Add($"{name} needs all examples in one batch, but BatchSize is {options.BatchSize}; give TrainingOptions.FullBatch");
        }

        if (_shape.Layers.ToArray().Any(layer => layer.Dropout > 0))
        {
            _complaints.Add($"{name} does not go with dropout, because it needs the same cost whenever it asks");
        }

        if (options.L1 != 0 || options.ClipValue is not null || options.ClipNorm is not null)
        {
            _complaints.Add($"{name} does not go with L1 or with clipping, because it needs the gradient of the cost as it is");
        }
    }

    private void Times(TrainingOptions<T> options)
    {
        NotNegative("TimeLimit", options.TimeLimit);
        NotNegative("ProgressInterval", options.ProgressInterval);
    }

    private void NotNegative(string option, int value)
    {
        if (value < 0)
        {
            _complaints.Add(FormattableString.Invariant($"{option} is {value}, but cannot be negative"));
        }
    }

    private void NotNegative(string option, TimeSpan? value)
    {
        if (value < TimeSpan.Zero)
        {
            _complaints.Add(FormattableString.Invariant($"{option} is {value}, but cannot be negative"));
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

        NotNegative("Checkpoints.EveryEpochs", checkpoints.EveryEpochs);
        NotNegative("Checkpoints.EverySteps", checkpoints.EverySteps);
        NotNegative("Checkpoints.EveryInterval", checkpoints.EveryInterval);
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

    /// <summary>Checks the metrics of a data set.</summary>
    public void Metrics(IReadOnlyList<Metric> metrics, IDataSource<T> data) =>
        _complaints.AddRange(MetricSet.Complaints(metrics, MetricShape.Of(_shape, data.TargetSize == 0)));

    /// <summary>Checks that each metric has a place of its own in the history.</summary>
    public void HistoryNames(IReadOnlyList<Metric> metrics)
    {
        string[] names = [.. metrics.OfType<Metric>().Select(static metric => metric.Name)];
        _complaints.AddRange(names.Where(name => HistoryCsv.IsTaken(name, names)).Distinct().Select(static name =>
            $"the metric {name} has the name of another column of the history; give it another Name"));
    }

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
}
