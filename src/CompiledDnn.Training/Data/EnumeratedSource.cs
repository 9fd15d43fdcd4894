using System.Numerics;

namespace CompiledDnn;

/// <summary>A sequence as a source: it is enumerated once an epoch.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="examples">The sequence.</param>
/// <param name="inputSize">Numbers in an example.</param>
/// <param name="targetSize">Numbers in a target; 0 for labels.</param>
/// <param name="shuffleBuffer">How many examples wait in memory to be drawn at random.</param>
/// <param name="count">How many there are, if that is known.</param>
/// <param name="hasWeights">True if the examples have weights.</param>
internal sealed class EnumeratedSource<T>(
    IEnumerable<Example<T>> examples, int inputSize, int targetSize, int shuffleBuffer, long? count, bool hasWeights) : ISequentialSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int InputSize => inputSize;

    public int TargetSize => targetSize;

    public bool HasWeights => hasWeights;

    public int ShuffleBuffer => shuffleBuffer;

    long? IDataSource<T>.Count => count;

    public IEnumerable<Example<T>> Examples(int epoch) => examples;

    public override string ToString() =>
        $"Sequence of {(count is { } known ? $"{known} " : "")}examples ({inputSize} inputs, {(targetSize == 0 ? "class labels" : $"{targetSize} targets")})";
}
