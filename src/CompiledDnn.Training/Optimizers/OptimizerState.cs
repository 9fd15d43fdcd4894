using System.Numerics;

namespace CompiledDnn;

/// <summary>
/// What an <see cref="Optimizer"/> remembers while it trains one network: its slots in one contiguous block that begins on a cache
/// line, the learning rate and the steps taken. It belongs to one training at a time; <c>network.TrainStep(x, y, workspace, state)</c>
/// takes a step with it.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class OptimizerState<T> : IParameterUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBlock<T> _slots;
    private readonly int _slotCount;
    private readonly int _stride;
    private readonly double[] _numbers;
    private readonly BiasRegions? _regions;

    internal OptimizerState(Optimizer optimizer, int length, BiasRegions? regions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Optimizer = optimizer;
        Length = length;
        Rate = optimizer.Rate;
        _slotCount = optimizer.Slots.Count;
        _stride = AlignedBlock<T>.RoundUp(length);
        _slots = new AlignedBlock<T>(checked(_slotCount * _stride));
        _numbers = new double[optimizer.NumberCount];
        _regions = regions;
    }

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The length of the parameter block that it is for, padding included.</summary>
    public int Length { get; }

    /// <summary>The steps taken. During a step it counts that step too, so the first has number 1.</summary>
    public long Steps { get; internal set; }

    /// <summary>What is remembered beside the slots, <see cref="Optimizer.NumberCount"/> numbers, zero at the beginning.</summary>
    public Span<double> Numbers => _numbers;

    /// <summary>What the optimiser worked out for the step under way.</summary>
    internal (double First, double Second) Prepared { get; private set; }

    /// <summary>The learning rate of the next step. A loop of your own may change it between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or not a number.</exception>
    public double Rate
    {
        get;
        set
        {
            Optimizer.RequireRate(value, Optimizer.GetType().Name);
            field = value;
        }
    }

    /// <summary>What is remembered for each parameter under the name <c>Optimizer.Slots[index]</c>.</summary>
    /// <param name="index">The slot, counted from 0.</param>
    /// <returns>As many numbers as the parameter block has, laid out like it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    public Span<T> Slot(int index)
    {
        if ((uint)index >= (uint)_slotCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, $"{Optimizer.GetType().Name} has {_slotCount} slots, counted from 0; there is no slot {index}.");
        }

        return _slots.Slice(index * _stride, Length);
    }

    /// <summary>What is remembered for each parameter under a name.</summary>
    /// <param name="name">One of <see cref="Optimizer.Slots"/>.</param>
    /// <returns>As many numbers as the parameter block has, laid out like it.</returns>
    /// <exception cref="ArgumentException">There is no such slot.</exception>
    public Span<T> Slot(string name)
    {
        for (int i = 0; i < _slotCount; i++)
        {
            if (Optimizer.Slots[i] == name)
            {
                return Slot(i);
            }
        }

        throw new ArgumentException(
            $"{Optimizer.GetType().Name} has no slot '{name}'; it has {(_slotCount == 0 ? "none" : string.Join(", ", Optimizer.Slots))}.", nameof(name));
    }

    /// <summary>Takes one step; allocates nothing.</summary>
    /// <param name="parameters">The parameter block; updated.</param>
    /// <param name="gradients">The gradients, laid out like the parameters.</param>
    /// <exception cref="ArgumentException">A block has another length than this state was created for.</exception>
    public void Step(Span<T> parameters, ReadOnlySpan<T> gradients)
    {
        if (parameters.Length != Length || gradients.Length != Length)
        {
            throw new ArgumentException(
                $"{Optimizer.GetType().Name}: the state was created for {Length} parameters, but got {parameters.Length} parameters and {gradients.Length} gradients.");
        }

        Begin(Length);
        Apply(0, parameters, gradients);
    }

    /// <summary>Begins a step, which <see cref="Steps"/> counts from here on.</summary>
    /// <param name="length">The length of the parameter block, padding included.</param>
    /// <exception cref="ArgumentException">The state was created for another length.</exception>
    public void Begin(int length)
    {
        if (length != Length)
        {
            throw new ArgumentException($"{Optimizer.GetType().Name}: the state was created for {Length} parameters, but there are {length}.", nameof(length));
        }

        Prepared = Optimizer.Prepare(Rate, Steps + 1);
        Steps++;
    }

    /// <summary>Takes the step for one piece of the parameters; allocates nothing.</summary>
    /// <param name="offset">Where the piece begins in the parameter block.</param>
    /// <param name="parameters">The piece; updated.</param>
    /// <param name="gradients">Its gradients, laid out like it.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or reach beyond the block.</exception>
    public void Apply(int offset, Span<T> parameters, ReadOnlySpan<T> gradients)
    {
        if (parameters.Length != gradients.Length || (uint)offset > (uint)Length || parameters.Length > Length - offset)
        {
            throw new ArgumentException(
                $"{Optimizer.GetType().Name}: {parameters.Length} parameters from {offset} on with {gradients.Length} gradients are no piece of {Length} parameters.");
        }

        if (_regions is null)
        {
            Optimizer.Apply(parameters, gradients, new OptimizerPiece<T>(this, offset, parameters.Length, isBias: false));
            return;
        }

        for (int at = 0; at < parameters.Length;)
        {
            (int end, bool isBias) = _regions.From(offset + at, offset + parameters.Length);
            int length = end - offset - at;
            Optimizer.Apply(parameters.Slice(at, length), gradients.Slice(at, length), new OptimizerPiece<T>(this, offset + at, length, isBias));
            at += length;
        }
    }
}
