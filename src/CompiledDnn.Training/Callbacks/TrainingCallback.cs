using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// Something of your own that is called while <c>Fit</c> trains, on the thread that trains: override what you need. It may change the
/// learning rate and stop training by way of the context.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// An exception thrown here ends <c>Fit</c> and reaches its caller; the network is then at its last complete step.
/// <code>
/// // Halves the learning rate every ten epochs.
/// sealed class Halving : TrainingCallback&lt;float&gt;
/// {
///     public override void OnEpochEnd(TrainingContext&lt;float&gt; training)
///     {
///         if (training.Epoch % 10 == 0)
///         {
///             training.BaseRate /= 2;
///         }
///     }
/// }
/// </code>
/// </remarks>
public abstract class TrainingCallback<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Called after every step.</summary>
    /// <param name="training">Where training is; the same object every time.</param>
    public virtual void OnBatchEnd(TrainingContext<T> training)
    {
    }

    /// <summary>Called after every epoch, when its record is the last of the history.</summary>
    /// <param name="training">Where training is; the same object every time.</param>
    public virtual void OnEpochEnd(TrainingContext<T> training)
    {
    }
}
