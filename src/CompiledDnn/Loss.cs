namespace CompiledDnn;

/// <summary>The losses that come with the library. A user's own is named by type: <c>LossType = typeof(Pinball&lt;&gt;)</c>.</summary>
public enum Loss
{
    /// <summary>The loss that fits the output activation: see <see cref="ActivationTraitsAttribute.DefaultLoss"/>.</summary>
    FromOutput,

    /// <summary>−Σ (y log a + (1−y) log(1−a)), summed over outputs.</summary>
    [Implementation(typeof(BinaryCrossEntropy<>))]
    BinaryCrossEntropy,

    /// <summary>−Σ y log a, summed over outputs.</summary>
    [Implementation(typeof(CategoricalCrossEntropy<>))]
    CategoricalCrossEntropy,

    /// <summary>(a − y)², averaged over outputs.</summary>
    [Implementation(typeof(MeanSquaredError<>))]
    MeanSquaredError,

    /// <summary>|a − y|, averaged over outputs.</summary>
    [Implementation(typeof(MeanAbsoluteError<>))]
    MeanAbsoluteError,

    /// <summary>½(a−y)² where |a−y| ≤ HuberDelta, otherwise HuberDelta·(|a−y| − ½HuberDelta), averaged over outputs.</summary>
    [Implementation(typeof(Huber<,>))]
    Huber,
}
