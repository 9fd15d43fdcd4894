using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>
/// How a step changes the parameters, given their gradients: a description with its rates, the same for every network and number
/// type. What it remembers from step to step is an <see cref="OptimizerState{T}"/>.
/// </summary>
/// <remarks>
/// <para>
/// One of your own is one small type: derive, say in <see cref="Slots"/> what it remembers for each parameter, and write the
/// equation in <see cref="Apply{T}"/>.
/// </para>
/// <code>
/// public sealed class SignDescent(double rate) : Optimizer(rate)
/// {
///     protected override void Apply&lt;T&gt;(Span&lt;T&gt; parameters, ReadOnlySpan&lt;T&gt; gradients, OptimizerPiece&lt;T&gt; piece)
///     {
///         T rate = T.CreateTruncating(piece.Rate);
///         for (int i = 0; i &lt; parameters.Length; i++)
///         {
///             parameters[i] -= rate * T.CreateTruncating(T.Sign(gradients[i]));
///         }
///     }
/// }
/// </code>
/// </remarks>
public abstract class Optimizer
{
    /// <summary>Sets the learning rate that states begin with.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or not a number.</exception>
    protected Optimizer(double rate)
    {
        RequireRate(rate, GetType().Name);
        Rate = rate;
    }

    /// <summary>The learning rate that a state begins with.</summary>
    public double Rate { get; }

    /// <summary>
    /// The names of what is remembered for each parameter, in the order of <see cref="OptimizerPiece{T}.Slot"/>. Every slot is as
    /// long as the parameter block and begins at zero. Default: nothing.
    /// </summary>
    public virtual IReadOnlyList<string> Slots => [];

    /// <summary>Plain gradient descent: w −= rate · g.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer GradientDescent(double rate) => new GradientDescentOptimizer(rate);

    /// <summary>Gradient descent with momentum: v = momentum · v + g, w −= rate · v.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <param name="momentum">How much of the last step's direction is kept, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Momentum(double rate, double momentum = 0.9) => new MomentumOptimizer(rate, momentum);

    /// <summary>Adam: steps scaled by running means of the gradient and of its square.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <param name="beta1">The decay of the mean of the gradient, in [0, 1).</param>
    /// <param name="beta2">The decay of the mean of its square, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite, finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Adam(double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamOptimizer(rate, beta1, beta2, epsilon);

    /// <summary>Begins a training: nothing remembered yet, no step taken.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="length">The length of the parameter block, padding included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public OptimizerState<T> CreateState<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(this, length);

    /// <summary>
    /// Takes one step for a piece of the parameters. What a parameter becomes must not depend on the piece that it is in, and the method
    /// may be called for different pieces from different threads at the same time.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">A piece of the parameter block; updated. Where a parameter, its gradient and its slots are zero, it must
    /// stay zero: that is padding.</param>
    /// <param name="gradients">The gradients, laid out like the parameters.</param>
    /// <param name="piece">The piece's slots, the learning rate and the number of this step.</param>
    protected internal abstract void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerPiece<T> piece)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Two numbers that all pieces of a step share and that are dear to work out, such as powers of its number. Called once before its
    /// first piece, which finds them in <see cref="OptimizerPiece{T}.Prepared"/>. Default: zeros.
    /// </summary>
    /// <param name="rate">The learning rate of the step.</param>
    /// <param name="steps">The number of the step, counted from 1.</param>
    protected internal virtual (double First, double Second) Prepare(double rate, long steps) => default;

    /// <summary>Checks a learning rate.</summary>
    internal static void RequireRate(double rate, string optimizer)
    {
        if (!double.IsFinite(rate) || rate < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rate), rate, $"{optimizer}: a learning rate is finite and not negative, but it is {rate}.");
        }
    }

    /// <summary>Checks the decay of a running mean.</summary>
    private protected static double RequireDecay(double value, string optimizer, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{optimizer}: {name} is at least 0 and less than 1, but it is {value}.");
}
