using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Says how good predictions are: a description without memory, of which <see cref="CreateAccumulator{T}"/> makes the part that gathers over
/// batches. The factories of this class list what there is.
/// </summary>
/// <remarks>
/// Names and values are those of scikit-learn. With a single probability as output, classes 0 and 1 are told apart at a threshold; an output
/// equal to it counts as below. With several classes the first of the largest outputs decides. Outputs that are not numbers decide nothing
/// and are never right.
/// <para>
/// One of your own is two small types:
/// <code>
/// // The largest error of all.
/// sealed class MaxError : Metric
/// {
///     public override string Name => "max_error";
///     public override bool LargerIsBetter => false;
///     public override MetricAccumulator&lt;T&gt; CreateAccumulator&lt;T&gt;(MetricShape shape) => new Accumulator&lt;T&gt;();
///
///     sealed class Accumulator&lt;T&gt;() : MetricAccumulator&lt;T&gt;(sums: 1) where T : unmanaged, IBinaryFloatingPointIeee754&lt;T&gt;
///     {
///         public override double Value => Sums[0];
///
///         public override void Add(MetricBatch&lt;T&gt; batch)
///         {
///             for (int i = 0; i &lt; batch.Count; i++)
///             {
///                 double error = double.CreateTruncating(T.Abs(batch.Output(i)[0] - batch.Target(i)[0]));
///                 Sums[0] = Math.Max(Sums[0], error);
///             }
///         }
///     }
/// }
/// </code>
/// </para>
/// </remarks>
public abstract partial class Metric
{
    /// <summary>
    /// What its values are listed under, in results, histories and files. <c>Fit</c> refuses names that the history has for something else, such
    /// as <c>cost</c>.
    /// </summary>
    public abstract string Name { get; }

    /// <summary>True if a larger value is a better one. Default: true.</summary>
    public virtual bool LargerIsBetter => true;

    /// <summary>Why it says nothing about such predictions; null if it fits them.</summary>
    /// <param name="shape">Outputs and targets.</param>
    /// <returns>Words that follow the metric's name: "is for classes, but ...".</returns>
    public virtual string? Complaint(MetricShape shape) => null;

    /// <summary>Makes what gathers it over batches.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">Outputs and targets; it has been asked for a complaint.</param>
    public abstract MetricAccumulator<T> CreateAccumulator<T>(MetricShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
