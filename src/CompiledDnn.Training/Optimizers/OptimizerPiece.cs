using System.Numerics;

namespace CompiledDnn;

/// <summary>What an optimiser knows of the piece of the parameters that it updates: its slots, and the step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct OptimizerPiece<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OptimizerState<T> _state;
    private readonly int _offset;
    private readonly int _length;

    internal OptimizerPiece(OptimizerState<T> state, int offset, int length, bool isBias)
    {
        _state = state;
        _offset = offset;
        _length = length;
        IsBias = isBias;
    }

    /// <summary>True if these are biases, false if they are weights. Told only to an optimiser that <see cref="Optimizer.SeparatesBiases"/>.</summary>
    public bool IsBias { get; }

    /// <summary>The learning rate of this step.</summary>
    public double Rate => _state.Rate;

    /// <summary>The number of this step, counted from 1.</summary>
    public long Steps => _state.Steps;

    /// <summary>What <see cref="Optimizer.Prepare"/> gave for this step.</summary>
    public (double First, double Second) Prepared => _state.Prepared;

    /// <summary>What is remembered for each parameter of the piece under the name <c>Optimizer.Slots[index]</c>.</summary>
    /// <param name="index">The slot, counted from 0.</param>
    /// <returns>As many numbers as the piece has, laid out like it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    public Span<T> Slot(int index) => _state.Slot(index).Slice(_offset, _length);
}
