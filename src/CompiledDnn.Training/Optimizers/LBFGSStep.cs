using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>How a step of an optimiser of the whole batch ended.</summary>
internal enum WholeBatchOutcome
{
    /// <summary>The cost is lower than before.</summary>
    Moved,

    /// <summary>The gradient is as good as zero, or the cost hardly fell: further steps are not worth it.</summary>
    Converged,

    /// <summary>No lower cost was found along the direction of steepest descent. The parameters are as before.</summary>
    Stuck,

    /// <summary>The cost or the gradient is not finite where the step began. The parameters are as before.</summary>
    NotFinite,
}

/// <summary>
/// Takes steps of L-BFGS: a direction from what was remembered, then a search along it that asks for cost and gradient as often as it
/// needs. Allocates nothing after its creation.
/// </summary>
/// <remarks>J. Nocedal and S. J. Wright, "Numerical Optimization", 2nd edition, algorithm 7.5.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class LBFGSStep<T> : ILineFunction
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OptimizerState<T> _state;
    private readonly LBFGSOptimizer _optimizer;
    private readonly IObjective<T> _objective;
    private readonly LBFGSMemory<T> _memory;
    private readonly WolfeLineSearch _search;
    private readonly AlignedBlock<T> _start;
    private readonly AlignedBlock<T> _direction;
    private LinePoint _last;

    /// <param name="state">What L-BFGS remembers; of a checkpoint, to go on from there.</param>
    /// <param name="objective">The cost. It must be the same one for all steps with this state.</param>
    /// <exception cref="ArgumentException">The state is another optimiser's, or of another length.</exception>
    public LBFGSStep(OptimizerState<T> state, IObjective<T> objective)
    {
        _optimizer = state.Optimizer as LBFGSOptimizer
            ?? throw new ArgumentException($"The state is that of {state.Optimizer.GetType().Name}, not of {nameof(LBFGSOptimizer)}.", nameof(state));
        if (objective.Parameters.Length != state.Length)
        {
            throw new ArgumentException(
                $"{nameof(LBFGSOptimizer)}: the state was created for {state.Length} parameters, but there are {objective.Parameters.Length}.", nameof(state));
        }

        _state = state;
        _objective = objective;
        _memory = new LBFGSMemory<T>(state, _optimizer.History);
        _search = new WolfeLineSearch(_optimizer.MaxEvaluations);
        _start = new AlignedBlock<T>(state.Length);
        _direction = new AlignedBlock<T>(state.Length);
    }

    /// <summary>The cost after the last step, penalties included: that of the parameters as they are now.</summary>
    public double Cost { get; private set; }

    /// <summary>Takes one step. The objective was last evaluated at the parameters that it leaves.</summary>
    public WholeBatchOutcome Run()
    {
        if (!_memory.HasGradient)
        {
            Cost = _objective.Evaluate();
            if (!double.IsFinite(Cost) || !double.IsFinite(WideSums.Squares(_objective.Gradients)))
            {
                return WholeBatchOutcome.NotFinite;
            }

            _memory.Keep(Cost, _objective.Gradients);
        }

        Cost = _memory.Cost;
        if (_memory.IsDone || Largest(_memory.Gradient) <= _optimizer.GradientTolerance)
        {
            return Stay(WholeBatchOutcome.Converged);
        }

        _objective.Parameters.CopyTo(_start.Span);
        if (Search() is not { } found)
        {
            _start.Span.CopyTo(_objective.Parameters);
            return Stay(WholeBatchOutcome.Stuck);
        }

        return Move(found);
    }

    /// <inheritdoc/>
    public LinePoint At(double step)
    {
        TensorPrimitives.MultiplyAddEstimate(_direction.Span, T.CreateTruncating(step), _start.Span, _objective.Parameters);
        double cost = _objective.Evaluate(), slope = WideSums.Dot(_objective.Gradients, _direction.Span);
        bool isFinite = double.IsFinite(cost) && double.IsFinite(slope);
        return _last = new LinePoint(step, isFinite ? cost : double.PositiveInfinity, isFinite ? slope : double.PositiveInfinity);
    }

    // First along the direction of L-BFGS; if that leads nowhere, all is forgotten, and steepest descent is tried.
    private LinePoint? Search()
    {
        if (_memory.Count > 0)
        {
            _memory.Direction(_direction.Span);
            if (Along(_state.Rate) is { } found)
            {
                return found;
            }

            _memory.Forget();
        }

        _memory.Direction(_direction.Span);
        double sum = double.CreateTruncating(TensorPrimitives.SumOfMagnitudes<T>(_memory.Gradient));
        return Along(_state.Rate * Math.Min(1, 1 / sum));
    }

    private LinePoint? Along(double step)
    {
        var start = new LinePoint(0, Cost, WideSums.Dot<T>(_memory.Gradient, _direction.Span));
        return start.Slope < 0 && double.IsFinite(start.Slope) && step > 0 ? _search.Find(this, start, step) : null;
    }

    private WholeBatchOutcome Move(LinePoint found)
    {
        if (_last.Step != found.Step)
        {
            At(found.Step);
        }

        double before = Cost;
        Cost = found.Value;
        ReadOnlySpan<T> parameters = _objective.Parameters, gradients = _objective.Gradients;
        _memory.Remember(_start.Span, parameters, gradients);
        _memory.Keep(Cost, gradients);
        _state.Steps++;
        double scale = Math.Max(1, Math.Max(Math.Abs(before), Math.Abs(Cost)));
        _memory.IsDone = before - Cost <= _optimizer.CostTolerance * scale || Largest(gradients) <= _optimizer.GradientTolerance;
        return _memory.IsDone ? WholeBatchOutcome.Converged : WholeBatchOutcome.Moved;
    }

    // What is evaluated last must be what the parameters are: its outputs may be looked at.
    private WholeBatchOutcome Stay(WholeBatchOutcome outcome)
    {
        _objective.Evaluate();
        return outcome;
    }

    private static double Largest(ReadOnlySpan<T> numbers) => Math.Abs(double.CreateTruncating(TensorPrimitives.MaxMagnitude(numbers)));
}
