namespace CompiledDnn;

/// <summary>How the learning rate changes while a network is trained: a pure function of where training is.</summary>
/// <remarks>
/// <para>
/// A schedule remembers nothing. The same point gives the same rate, so a training that goes on from a checkpoint has the rates that it would
/// have had, and one schedule serves any number of trainings.
/// </para>
/// <para>One of your own is one small type:</para>
/// <code>
/// public sealed class InverseRoot : Schedule
/// {
///     public override double Rate(in SchedulePoint point) => point.BaseRate / Math.Sqrt(1 + point.Step);
/// }
/// </code>
/// </remarks>
public abstract class Schedule
{
    /// <summary>
    /// True if it cannot do without <see cref="SchedulePoint.TotalSteps"/>, so that <c>Fit</c> refuses a source of data that does not know how
    /// many examples it has. Default: false.
    /// </summary>
    public virtual bool NeedsTotalSteps => false;

    /// <summary>False if the rate is the same for all steps of an epoch, so that it is asked for once in each. Default: true.</summary>
    public virtual bool ChangesWithinEpoch => true;

    /// <summary>The base rate all the way.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>The rate is multiplied by a factor every so many epochs.</summary>
    /// <param name="every">The epochs from one change to the next, at least 1.</param>
    /// <param name="factor">What it is multiplied by, finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Schedule Step(int every, double factor = 0.1) => new StepSchedule(every, factor);

    /// <summary>The rate is multiplied by a factor after each epoch.</summary>
    /// <param name="factor">What it is multiplied by, finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Schedule Exponential(double factor) => new StepSchedule(1, factor);

    /// <summary>Half a wave of a cosine from the base rate down to a least one over the whole training.</summary>
    /// <param name="least">The least rate, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Schedule Cosine(double least = 0) => new CosineSchedule(least);

    /// <summary>A cosine from the base rate down to a least one that begins anew after some epochs.</summary>
    /// <param name="epochs">The epochs until the first restart, at least 1.</param>
    /// <param name="growth">How many times as many epochs the next restart takes, at least 1.</param>
    /// <param name="least">The least rate, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Schedule WarmRestarts(int epochs, int growth = 1, double least = 0) => new WarmRestartSchedule(epochs, growth, least);

    /// <summary>The rate grows along a line for some steps, then follows another schedule.</summary>
    /// <param name="steps">The steps of the growth, at least 1.</param>
    /// <param name="then">
    /// What follows; null for the base rate. Its steps and total steps count from the end of the growth, its epochs from the beginning of
    /// training.
    /// </param>
    /// <param name="start">The share of the base rate that the first step has, more than 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Schedule WarmUp(long steps, Schedule? then = null, double start = 1.0 / 3) => new WarmUpSchedule(steps, then ?? Constant, start);

    /// <summary>One rise from a small rate to the base rate and one long fall to next to nothing, over the whole training.</summary>
    /// <param name="rise">The share of the steps that the rate rises for, more than 0 and less than 1.</param>
    /// <param name="startDivisor">The first rate is the base rate divided by this; finite, at least 1.</param>
    /// <param name="endDivisor">The last rate is the first one divided by this; finite, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Schedule OneCycle(double rise = 0.3, double startDivisor = 25, double endDivisor = 1e4) =>
        new OneCycleSchedule(rise, startDivisor, endDivisor);

    /// <summary>The rate is multiplied by a factor whenever the cost has not become better for some epochs.</summary>
    /// <param name="factor">What it is multiplied by, more than 0 and less than 1.</param>
    /// <param name="patience">The epochs without a better cost that are borne, not negative.</param>
    /// <param name="threshold">The share of the best cost by which a better one has to be lower, finite and not negative.</param>
    /// <param name="cooldown">The epochs after a change that do not count, not negative.</param>
    /// <param name="least">The least rate, finite and not negative.</param>
    /// <param name="of">
    /// What is to become lower; give the negative of what is to grow. Null for the cost on the validation data, or on the training data if
    /// there are none.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Schedule ReduceOnPlateau(
        double factor = 0.1,
        int patience = 10,
        double threshold = 1e-4,
        int cooldown = 0,
        double least = 0,
        Func<EpochRecord, double>? of = null) =>
        new PlateauSchedule(factor, patience, threshold, cooldown, least, of);

    /// <summary>The rate of a step: finite and not negative.</summary>
    /// <param name="point">Where training is, with the base rate.</param>
    public abstract double Rate(in SchedulePoint point);
}
