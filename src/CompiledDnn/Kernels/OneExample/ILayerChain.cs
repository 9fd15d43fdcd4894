using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>A layer and all that come after it, for one example: a network as one type, of which the JIT makes one method.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILayerChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that are read.</summary>
    static abstract int Inputs { get; }

    /// <summary>Numbers that are written.</summary>
    static abstract int Outputs { get; }

    /// <summary>Layers from this one to the last.</summary>
    static abstract int Layers { get; }

    /// <summary>Numbers of the parameter block up to the end of the last layer's biases.</summary>
    static abstract int ParameterLength { get; }

    /// <summary>Numbers of scratch memory, whole cache lines.</summary>
    static abstract int ScratchLength { get; }

    /// <summary>From the inputs to the outputs.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="outputs">The outputs; overwritten.</param>
    /// <param name="scratch">Scratch memory that begins on a cache line; overwritten, may hold anything.</param>
    /// <param name="inline">True if small products may be inlined, false if each is a call.</param>
    static abstract void Run<TOps, TVector>(ref readonly T x, ref readonly T parameters, ref T outputs, ref T scratch, bool inline)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;

    /// <summary>From inputs of one vector to the outputs, inlined.</summary>
    /// <param name="x">The inputs; lanes beyond them may hold anything.</param>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="outputs">The outputs; overwritten.</param>
    /// <param name="scratch">Scratch memory that begins on a cache line; overwritten, may hold anything.</param>
    internal static abstract void Continue<TOps, TVector>(TVector x, ref readonly T parameters, ref T outputs, ref T scratch)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct;
}
