namespace CompiledDnn.Benchmarks;

/// <summary>What is timed.</summary>
internal enum WorkloadKind
{
    /// <summary>One step of gradient descent.</summary>
    Descend,

    /// <summary>One step of Adam.</summary>
    Adam,

    /// <summary>A prediction.</summary>
    Predict,
}

/// <summary>Something that is timed: one step of training or one prediction, on data that changes from call to call.</summary>
internal abstract class Workload
{
    /// <summary>Its name in the table, such as T1.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required string Description { get; init; }

    public required WorkloadKind Kind { get; init; }

    /// <summary>Inputs, then the outputs of every layer.</summary>
    public required int[] Sizes { get; init; }

    /// <summary>Examples in a call.</summary>
    public required int Batch { get; init; }

    /// <summary>How many batches take turns.</summary>
    public required int Batches { get; init; }

    /// <summary>The learning rate.</summary>
    public required double Rate { get; init; }

    /// <summary>True for double precision.</summary>
    public abstract bool IsDouble { get; }

    /// <summary>True if a peer with hidden ReLU layers in float does the same.</summary>
    public abstract bool HasPlainPeer { get; }

    /// <summary>Floating-point operations of one call: forward, gradient, and backward but for layer 1.</summary>
    public double Operations
    {
        get
        {
            double forward = 2 * Weights;
            return Batch * (Kind == WorkloadKind.Predict ? forward : (3 * forward) - (2.0 * Sizes[0] * Sizes[1]));
        }
    }

    /// <summary>For one example, which reads every weight once: the bytes of the weights. Otherwise 0.</summary>
    public double BytesRead => Kind == WorkloadKind.Predict && Batch == 1 ? WeightBytes : 0;

    /// <summary>Bytes that calls in turn read: weights and all batches.</summary>
    public double WorkingSet => WeightBytes + (Batches * InputBytes);

    /// <summary>Bytes of the weights.</summary>
    public double WeightBytes => Weights * (IsDouble ? 8 : 4);

    /// <summary>Bytes of a batch's inputs.</summary>
    public double InputBytes => (double)Batch * Sizes[0] * (IsDouble ? 8 : 4);

    private double Weights => Sizes.Zip(Sizes.Skip(1), (inputs, outputs) => (double)inputs * outputs).Sum();

    /// <summary>Makes the action that is timed.</summary>
    /// <param name="threads">How many threads it may use.</param>
    public abstract Action Start(int threads);

    /// <summary>Compares a call with plain loops in double.</summary>
    /// <param name="threads">How many threads it may use.</param>
    /// <exception cref="InvalidOperationException">It is not right.</exception>
    public abstract void Check(int threads);

    /// <summary>The network with the weights that the workload begins with, as plain loops.</summary>
    public abstract PlainNetwork Plain { get; }

    /// <summary>The same after one step on the first batch, with the learning rate that comparisons use.</summary>
    public abstract PlainNetwork PlainStepped { get; }

    /// <summary>The batches that it runs on.</summary>
    public RandomBatches<float> CreateBatches() => new(Sizes[0], Sizes[^1], Batch, Batches);
}
