using System.Numerics;

namespace CompiledDnn;

/// <summary>Memory of some examples of a batch, to be written.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct BatchRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal BatchRows(Span<T> x, Span<T> y, Span<int> labels, Span<T> weights)
    {
        X = x;
        Y = y;
        Labels = labels;
        Weights = weights;
    }

    /// <summary>Rows of InputSize numbers.</summary>
    public Span<T> X { get; }

    /// <summary>Rows of TargetSize numbers; empty with labels.</summary>
    public Span<T> Y { get; }

    /// <summary>Class labels; empty with rows of targets.</summary>
    public Span<int> Labels { get; }

    /// <summary>What the examples weigh; empty without weights.</summary>
    public Span<T> Weights { get; }
}
