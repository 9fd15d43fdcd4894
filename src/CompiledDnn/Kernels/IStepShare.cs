using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>A phase of a step that can be done in shares, each on a thread of its own.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepShare<T>
    where T : unmanaged
{
    /// <summary>Does one share. It writes nothing that another share reads or writes.</summary>
    /// <param name="step">What the step was given.</param>
    /// <param name="share">Which share.</param>
    static abstract void Run(in StepArguments<T> step, Share share);
}
