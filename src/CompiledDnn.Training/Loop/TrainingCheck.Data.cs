using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <content>The examples: their sizes and, where they are in memory, every number.</content>
internal sealed partial class TrainingCheck<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Checks a source of examples; one in memory with all its numbers.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="source">The source.</param>
    /// <param name="batchSize">The batch size asked for.</param>
    public void Data(string name, IDataSource<T> source, int batchSize)
    {
        if (source is DataSubset<T> { Source: Dataset<T> all, Count: > 0 })
        {
            Data(name, all, batchSize);
            return;
        }

        Sizes(name, source);
        if (source is Dataset<T> data)
        {
            Numbers(name, data);
            return;
        }

        if (batchSize == TrainingOptions.FullBatch && source.Count is null or > int.MaxValue)
        {
            string count = source.Count?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
            _complaints.Add($"{name} cannot be one batch, because its Count is {count}; give a batch size");
        }

        if (source.TargetSize == 0)
        {
            Labels(name, default);
        }
        else if (source.TargetSize != _shape.TargetSize)
        {
            TargetSize(name, source.TargetSize);
        }
    }

    /// <summary>Checks that a schedule knows what it needs of the training data.</summary>
    /// <param name="schedule">The schedule; null for none.</param>
    /// <param name="train">The training data.</param>
    public void Schedule(Schedule? schedule, IDataSource<T> train)
    {
        if (schedule is { NeedsTotalSteps: true } && train.Count is null)
        {
            _complaints.Add(
                $"{schedule.GetType().Name} needs the number of steps of the whole training, but the training data does not say how many examples it has; give it a Count, or choose another schedule");
        }
    }

    private void Sizes(string name, IDataSource<T> source)
    {
        if (source.Count == 0)
        {
            _complaints.Add($"{name} is empty");
        }

        if (source.InputSize != _shape.InputSize)
        {
            _complaints.Add($"{name} has InputSize {source.InputSize}, but the network has {_shape.InputSize}");
        }
    }

    private void Numbers(string name, Dataset<T> data)
    {
        if (!TensorPrimitives.IsFiniteAll(data.X.Span))
        {
            Numbers($"an input of {name}", data.X.Span, data.InputSize, T.IsFinite, "inputs must be finite");
        }

        if (data.HasLabels)
        {
            Labels(name, data.Labels.Span);
        }
        else
        {
            Targets(name, data);
        }
    }

    private void Targets(string name, Dataset<T> data)
    {
        bool fits = data.TargetSize == _shape.TargetSize;
        if (!fits)
        {
            TargetSize(name, data.TargetSize);
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

    private void TargetSize(string name, int size) => _complaints.Add(
        $"{name} has TargetSize {size}, but the network has {_shape.TargetSize}{(network.TakesLabels ? " (or takes class labels)" : "")}");

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
