using System.Numerics;

namespace CompiledDnn;

/// <summary>Sets the learning rate before each step: the base rate, or what a schedule makes of it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="schedule">The schedule; null for the base rate.</param>
/// <param name="context">Has the base rate, and where training is.</param>
/// <param name="optimizer">Whose rate is set.</param>
/// <param name="stepsPerEpoch">The steps of an epoch; null if not known.</param>
/// <param name="epochs">The epochs asked for.</param>
internal sealed class LearningRate<T>(
    Schedule? schedule, TrainingContext<T> context, OptimizerState<T> optimizer, int? stepsPerEpoch, int epochs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _epoch;
    private double _baseRate;

    /// <summary>Sets the rate of the next step.</summary>
    /// <param name="position">Where training is.</param>
    public void Set(TrainingPosition position)
    {
        if (schedule is null)
        {
            // Setting it checks it, which is more than a step of a tiny network should pay for a rate that stays.
            if (optimizer.Rate != context.BaseRate)
            {
                optimizer.Rate = context.BaseRate;
            }

            return;
        }

        if (!schedule.ChangesWithinEpoch && _epoch == position.Epoch && _baseRate == context.BaseRate)
        {
            return;
        }

        _epoch = position.Epoch;
        _baseRate = context.BaseRate;
        optimizer.Rate = schedule.Rate(new SchedulePoint
        {
            BaseRate = _baseRate,
            Step = context.Step,
            Epoch = _epoch,
            StepInEpoch = position.StepInEpoch,
            StepsPerEpoch = stepsPerEpoch,
            TotalSteps = (long?)stepsPerEpoch * epochs,
            History = context.History.Epochs,
        });
    }
}
