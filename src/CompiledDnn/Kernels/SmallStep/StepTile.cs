using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>What the layers of a small network's step share while a tile of examples goes through them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">A number of a target row, or a class label.</typeparam>
internal ref struct StepTile<T, TTarget>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTarget : unmanaged
{
    /// <summary>The parameter block.</summary>
    public ref T Parameters;

    /// <summary>Where gradients go, laid out like the parameters; the parameters themselves where they are updated at once.</summary>
    public ref T Gradients;

    /// <summary>What the gradient's epilogue multiplies by.</summary>
    public T Scale;

    /// <summary>Z of the last layer; a null reference where nobody needs it.</summary>
    public ref T Z;

    /// <summary>A of the last layer.</summary>
    public ref T A;

    /// <summary>DZ of the last layer.</summary>
    public ref T DZ;

    /// <summary>The targets of the tile's examples.</summary>
    public ReadOnlySpan<TTarget> Targets;

    /// <summary>Takes the sum of the examples' losses.</summary>
    public ref double Loss;

    /// <summary>Examples in the tile.</summary>
    public int Rows;
}

/// <summary>A layer's rows of a tile as the layer above sees them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="z">Z; a null reference where its gradient does not need it.</param>
/// <param name="a">A, or the inputs of the network.</param>
/// <param name="dz">Takes DZ, or DA0; a null reference where nobody wants it.</param>
internal readonly ref struct StepRowsBelow<T>(ref T z, ref T a, ref T dz)
    where T : unmanaged
{
    /// <summary>Z; a null reference where its gradient does not need it.</summary>
    public readonly ref T Z = ref z;

    /// <summary>A, or the inputs of the network.</summary>
    public readonly ref T A = ref a;

    /// <summary>Takes DZ, or DA0; a null reference where nobody wants it.</summary>
    public readonly ref T DZ = ref dz;
}
