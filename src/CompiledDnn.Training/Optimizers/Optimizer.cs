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

    /// <summary>
    /// How many numbers the optimiser remembers that belong to no parameter, see <see cref="OptimizerState{T}.Numbers"/>; a checkpoint keeps
    /// them with the slots. Default: none.
    /// </summary>
    public virtual int NumberCount => 0;

    /// <summary>
    /// True to be given weights and biases in pieces of their own, told apart by <see cref="OptimizerPiece{T}.IsBias"/>. Default: false,
    /// which spares the search for the borders.
    /// </summary>
    public virtual bool SeparatesBiases => false;

    /// <summary>
    /// True for an optimiser that asks for the cost of all examples several times a step, such as L-BFGS: for <c>Fit</c> with the full
    /// batch, not for <c>TrainStep</c>. Default: false.
    /// </summary>
    public virtual bool NeedsFullBatch => false;

    /// <summary>Plain gradient descent: w −= rate · g.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer GradientDescent(double rate) => new GradientDescentOptimizer(rate);

    /// <summary>Gradient descent with momentum: v = momentum · v + g, w −= rate · v.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <param name="momentum">How much of the last step's direction is kept, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Momentum(double rate, double momentum = 0.9) => new MomentumOptimizer(rate, momentum);

    /// <summary>Gradient descent with Nesterov's momentum: v = momentum · v + g, w −= rate · (g + momentum · v).</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <param name="momentum">How much of the last step's direction is kept, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Nesterov(double rate, double momentum = 0.9) => new NesterovOptimizer(rate, momentum);

    /// <summary>RMSProp: steps scaled by a running mean of the square of the gradient.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <param name="decay">The decay of the mean, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite, finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer RMSProp(double rate = 1e-2, double decay = 0.99, double epsilon = 1e-8) => new RMSPropOptimizer(rate, decay, epsilon);

    /// <summary>Adam: steps scaled by running means of the gradient and of its square.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <param name="beta1">The decay of the mean of the gradient, in [0, 1).</param>
    /// <param name="beta2">The decay of the mean of its square, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite, finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer Adam(double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamOptimizer(rate, beta1, beta2, epsilon);

    /// <summary>AdamW: Adam whose weights, and not biases, are made smaller by a share of rate · decay in each step.</summary>
    /// <param name="rate">The learning rate, finite and not negative.</param>
    /// <param name="decay">The weight decay, finite and not negative.</param>
    /// <param name="decayBiases">True to make biases smaller too.</param>
    /// <param name="beta1">The decay of the mean of the gradient, in [0, 1).</param>
    /// <param name="beta2">The decay of the mean of its square, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite, finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer AdamW(
        double rate = 1e-3, double decay = 0.01, bool decayBiases = false, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamWOptimizer(rate, decay, decayBiases, beta1, beta2, epsilon);

    /// <summary>L-BFGS with a line search, for small problems and the full batch.</summary>
    /// <param name="rate">The first step to try along a direction, finite and not negative; 1 is right unless you know better.</param>
    /// <param name="history">The steps to remember, at least 1.</param>
    /// <param name="gradientTolerance">Ends training when no derivative is larger, finite and not negative.</param>
    /// <param name="costTolerance">Ends training when the cost falls by a smaller share, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Optimizer LBFGS(double rate = 1, int history = 10, double gradientTolerance = 1e-7, double costTolerance = 1e-9) =>
        new LBFGSOptimizer(rate, history, gradientTolerance, costTolerance);

    /// <summary>Begins a training: nothing remembered yet, no step taken.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of the network, which says what is a weight and what a bias.</param>
    public OptimizerState<T> CreateState<T>(NetworkShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new(this, shape.BlockLength, SeparatesBiases ? new BiasRegions(shape) : null);
    }

    /// <summary>Begins a training of parameters that need not be a network's.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="length">The length of the parameter block, padding included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="InvalidOperationException">The optimiser treats biases in another way than weights.</exception>
    public OptimizerState<T> CreateState<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SeparatesBiases
            ? throw new InvalidOperationException(
                $"{GetType().Name} treats biases in another way than weights; create its state with the network's Shape, which tells them apart.")
            : new(this, length, null);

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

    /// <summary>Checks what keeps a quotient finite.</summary>
    private protected static double RequireEpsilon(double epsilon, string optimizer) =>
        double.IsFinite(epsilon) && epsilon > 0
            ? epsilon
            : throw new ArgumentOutOfRangeException(
                nameof(epsilon), epsilon, $"{optimizer}: {nameof(epsilon)} is finite and positive, but it is {epsilon}.");

    /// <summary>An ε too small for T would round to zero, and padding would become 0 / 0.</summary>
    private protected static T NotZero<T>(double epsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.Max(T.CreateTruncating(epsilon), T.Epsilon);

    /// <summary>Checks the decay of a running mean.</summary>
    private protected static double RequireDecay(double value, string optimizer, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{optimizer}: {name} is at least 0 and less than 1, but it is {value}.");
}
