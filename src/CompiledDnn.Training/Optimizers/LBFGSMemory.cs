using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledDnn;

/// <summary>
/// What L-BFGS remembers, all of it in the slots and numbers of a state: the newest pairs s = w' − w and y = g' − g, and the gradient
/// and cost where the last step ended.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="state">The state.</param>
/// <param name="history">The most pairs.</param>
internal sealed class LBFGSMemory<T>(OptimizerState<T> state, int history)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Where the numbers are: these, then s · y of each pair.
    private const int HasGradientAt = 0;
    private const int CostAt = 1;
    private const int CountAt = 2;
    private const int NextAt = 3;
    private const int ScaleAt = 4;
    private const int IsDoneAt = 5;
    private const int ProductsAt = 6;

    private readonly double[] _shares = new double[history];

    /// <summary>The gradient where the last step ended.</summary>
    public Span<T> Gradient => state.Slot(2 * history);

    /// <summary>True once there is one.</summary>
    public bool HasGradient => Numbers[HasGradientAt] != 0;

    /// <summary>The cost where the last step ended.</summary>
    public double Cost => Numbers[CostAt];

    /// <summary>True once a step was told that further ones are not worth it.</summary>
    public bool IsDone
    {
        get => Numbers[IsDoneAt] != 0;
        set => Numbers[IsDoneAt] = value ? 1 : 0;
    }

    /// <summary>The pairs that there are.</summary>
    public int Count => (int)Numbers[CountAt];

    private Span<double> Numbers => state.Numbers;

    /// <summary>The names of the slots, and so their order: all s, all y, g.</summary>
    public static string[] SlotNames(int history) =>
        [.. Enumerable.Range(0, history).Select(i => $"s{i}"), .. Enumerable.Range(0, history).Select(i => $"y{i}"), "g"];

    /// <summary>The numbers of a state.</summary>
    public static int NumberCount(int history) => ProductsAt + history;

    /// <summary>Keeps the gradient and cost of a point.</summary>
    public void Keep(double cost, ReadOnlySpan<T> gradient)
    {
        gradient.CopyTo(Gradient);
        Numbers[CostAt] = cost;
        Numbers[HasGradientAt] = 1;
    }

    /// <summary>Forgets all pairs, so that the next direction is that of steepest descent.</summary>
    public void Forget()
    {
        Numbers[CountAt] = 0;
        Numbers[NextAt] = 0;
    }

    /// <summary>Remembers a step from where <see cref="Gradient"/> was taken, unless the cost does not curve upwards along it.</summary>
    /// <param name="from">The parameters before.</param>
    /// <param name="to">The parameters after.</param>
    /// <param name="gradient">The gradient after.</param>
    public void Remember(ReadOnlySpan<T> from, ReadOnlySpan<T> to, ReadOnlySpan<T> gradient)
    {
        int at = (int)Numbers[NextAt];
        Span<T> s = state.Slot(at), y = state.Slot(history + at);
        TensorPrimitives.Subtract(to, from, s);
        TensorPrimitives.Subtract(gradient, Gradient, y);
        double product = WideSums.Dot<T>(s, y), square = WideSums.Squares<T>(y);
        if (!(product > double.Epsilon && product > 2.2e-16 * square && double.IsFinite(square)))
        {
            // The place may have held the oldest pair, which is gone.
            Numbers[CountAt] = Math.Min(Count, history - 1);
            return;
        }

        Numbers[ProductsAt + at] = product;
        Numbers[ScaleAt] = product / square;
        Numbers[NextAt] = (at + 1) % history;
        Numbers[CountAt] = Math.Min(Count + 1, history);
    }

    /// <summary>The direction to go from <see cref="Gradient"/>: −H g, algorithm 7.4 of Nocedal and Wright with H⁰ = (s · y / y · y) I.</summary>
    /// <param name="direction">Overwritten.</param>
    public void Direction(Span<T> direction)
    {
        TensorPrimitives.Negate(Gradient, direction);
        if (Count == 0)
        {
            return;
        }

        for (int age = 1; age <= Count; age++)
        {
            int i = Pair(age);
            Span<T> s = state.Slot(i), y = state.Slot(history + i);
            _shares[i] = WideSums.Dot<T>(s, direction) / Numbers[ProductsAt + i];
            TensorPrimitives.MultiplyAddEstimate(y, T.CreateTruncating(-_shares[i]), direction, direction);
        }

        TensorPrimitives.Multiply(direction, T.CreateTruncating(Numbers[ScaleAt]), direction);
        for (int age = Count; age >= 1; age--)
        {
            int i = Pair(age);
            Span<T> s = state.Slot(i), y = state.Slot(history + i);
            double share = WideSums.Dot<T>(y, direction) / Numbers[ProductsAt + i];
            TensorPrimitives.MultiplyAddEstimate(s, T.CreateTruncating(_shares[i] - share), direction, direction);
        }
    }

    // Where the pair is that was remembered so many steps ago.
    private int Pair(int age) => ((int)Numbers[NextAt] - age + history) % history;
}
