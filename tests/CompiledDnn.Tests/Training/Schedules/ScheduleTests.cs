using Xunit;

namespace CompiledDnn.Tests.Training;

[Collection(nameof(MeasuredAllocations))]
public class ScheduleTests
{
    private static readonly Schedule[] s_all =
    [
        Schedule.Constant,
        Schedule.Step(3),
        Schedule.Exponential(0.9),
        Schedule.Cosine(),
        Schedule.WarmRestarts(2, 2),
        Schedule.WarmUp(5, Schedule.OneCycle()),
        Schedule.OneCycle(),
        Schedule.ReduceOnPlateau(),
    ];

    [Fact]
    public void The_constant_rate_is_the_base_rate() => Assert.Equal(0.3, Schedule.Constant.Rate(new() { BaseRate = 0.3, Step = 99, Epoch = 7 }));

    [Fact]
    public void A_rate_is_finite_and_not_negative_wherever_training_is()
    {
        foreach (Schedule schedule in s_all)
        {
            foreach (long total in (long[])[1, 2, 3, 4, 7, 1000])
            {
                for (long step = 0; step <= Math.Min(total + 10, 100); step++)
                {
                    double rate = schedule.Rate(new() { BaseRate = 0.1, Step = step, Epoch = (int)step + 1, StepsPerEpoch = 1, TotalSteps = total });
                    Assert.InRange(rate, 0, 0.1000001);
                }
            }
        }
    }

    [Fact]
    public void Asking_for_a_rate_allocates_nothing()
    {
        IReadOnlyList<EpochRecord> history = [new() { Epoch = 1, Cost = 1, Seconds = 0 }, new() { Epoch = 2, Cost = 1, Seconds = 0 }];
        foreach (Schedule schedule in s_all)
        {
            var point = new SchedulePoint { BaseRate = 0.1, Step = 10, Epoch = 3, StepsPerEpoch = 5, TotalSteps = 100, History = history };

            MeasuredAllocations.None(() => schedule.Rate(point), schedule.GetType().Name);
        }
    }

    [Fact]
    public void What_needs_the_number_of_steps_says_so()
    {
        foreach (Schedule schedule in s_all)
        {
            var point = new SchedulePoint { BaseRate = 0.1, Step = 10, Epoch = 2 };
            if (schedule.NeedsTotalSteps)
            {
                Assert.Contains("number of steps", Assert.Throws<InvalidOperationException>(() => schedule.Rate(point)).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.InRange(schedule.Rate(point), 0, 0.1);
            }
        }

        Assert.True(Schedule.Cosine().NeedsTotalSteps);
        Assert.True(Schedule.OneCycle().NeedsTotalSteps);
        Assert.True(Schedule.WarmUp(5, Schedule.Cosine()).NeedsTotalSteps);
        Assert.False(Schedule.WarmUp(5).NeedsTotalSteps);
        Assert.False(Schedule.WarmRestarts(5).NeedsTotalSteps);
    }

    [Fact]
    public void Without_the_steps_of_an_epoch_restarts_count_whole_epochs()
    {
        Schedule schedule = Schedule.WarmRestarts(4);

        Assert.Equal(0.5, schedule.Rate(new() { BaseRate = 1, Step = 25, Epoch = 3, StepInEpoch = 5 }), 1e-15);
    }

    [Fact]
    public void A_plateau_looks_at_the_validation_cost_or_at_what_it_is_told_to()
    {
        EpochRecord[] history =
        [
            .. Enumerable.Range(1, 4).Select(epoch => new EpochRecord { Epoch = epoch, Cost = 1.0 / epoch, ValidationCost = 1, Accuracy = 0.1 * epoch, Seconds = 0 }),
        ];
        var point = new SchedulePoint { BaseRate = 1, Step = 4, Epoch = 5, History = history };

        Assert.Equal(0.1, Schedule.ReduceOnPlateau(patience: 2).Rate(point));
        Assert.Equal(1, Schedule.ReduceOnPlateau(patience: 2, of: record => record.Cost).Rate(point));
        Assert.Equal(1, Schedule.ReduceOnPlateau(patience: 2, of: record => -record.Accuracy!.Value).Rate(point));
        Assert.Equal(0.1, Schedule.ReduceOnPlateau(patience: 2, of: _ => -1).Rate(point));
    }

    [Fact]
    public void Costs_that_are_no_numbers_are_not_better()
    {
        EpochRecord[] history = [.. Enumerable.Range(1, 4).Select(epoch => new EpochRecord { Epoch = epoch, Cost = double.NaN, Seconds = 0 })];

        Assert.Equal(0.5, Schedule.ReduceOnPlateau(factor: 0.5, patience: 3).Rate(new() { BaseRate = 1, Step = 4, Epoch = 5, History = history }));
    }

    [Fact]
    public void One_of_your_own_is_one_small_type() =>
        Assert.Equal(0.1, new InverseRoot().Rate(new() { BaseRate = 0.4, Step = 15, Epoch = 1 }));

    [Fact]
    public void Wrong_numbers_are_refused_by_name()
    {
        Refused("every", () => Schedule.Step(0));
        Refused("factor", () => Schedule.Step(2, double.NaN));
        Refused("factor", () => Schedule.Step(2, 0));
        Refused("factor", () => Schedule.Exponential(double.PositiveInfinity));
        Refused("least", () => Schedule.Cosine(-1));
        Refused("least", () => Schedule.Cosine(double.PositiveInfinity));
        Refused("epochs", () => Schedule.WarmRestarts(0));
        Refused("growth", () => Schedule.WarmRestarts(2, 0));
        Refused("least", () => Schedule.WarmRestarts(2, 2, double.NaN));
        Refused("steps", () => Schedule.WarmUp(0));
        Refused("start", () => Schedule.WarmUp(3, start: 0));
        Refused("start", () => Schedule.WarmUp(3, start: 1.1));
        Refused("rise", () => Schedule.OneCycle(rise: 1));
        Refused("startDivisor", () => Schedule.OneCycle(startDivisor: 0.5));
        Refused("endDivisor", () => Schedule.OneCycle(endDivisor: double.PositiveInfinity));
        Refused("factor", () => Schedule.ReduceOnPlateau(factor: 1));
        Refused("patience", () => Schedule.ReduceOnPlateau(patience: -1));
        Refused("threshold", () => Schedule.ReduceOnPlateau(threshold: -1));
        Refused("cooldown", () => Schedule.ReduceOnPlateau(cooldown: -1));
        Refused("least", () => Schedule.ReduceOnPlateau(least: -1));
    }

    private static void Refused(string name, Func<Schedule> create)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.Equal(name, exception.ParamName);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    private sealed class InverseRoot : Schedule
    {
        public override double Rate(in SchedulePoint point) => point.BaseRate / Math.Sqrt(1 + point.Step);
    }
}
