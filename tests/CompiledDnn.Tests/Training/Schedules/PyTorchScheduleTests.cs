using System.Text.Json;
using CompiledDnn.Tests.Notebook;
using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>Each schedule beside PyTorch's: schedules.json, by the script beside it.</summary>
public class PyTorchScheduleTests
{
    private static readonly JsonElement s_root = GoldenFile.Read("schedules.json");

    private static readonly Dictionary<string, Schedule> s_schedules = new()
    {
        ["step"] = Schedule.Step(3, 0.5),
        ["exponential"] = Schedule.Exponential(0.9),
        ["cosine"] = Schedule.Cosine(least: 0.01),
        ["warm restarts"] = Schedule.WarmRestarts(3, least: 0.01),
        ["growing restarts"] = Schedule.WarmRestarts(2, growth: 2),
        ["warm-up"] = Schedule.WarmUp(7),
        ["warm-up, then cosine"] = Schedule.WarmUp(10, Schedule.Cosine(), start: 0.1),
        ["one cycle"] = Schedule.OneCycle(),
        ["steep cycle"] = Schedule.OneCycle(rise: 0.1, startDivisor: 10, endDivisor: 100),
    };

    public static TheoryData<string> Names => [.. s_schedules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_gives_the_rates_of_PyTorch(string name)
    {
        double[] expected = Doubles(s_root.GetProperty("rates").GetProperty(name));
        double[] actual = [.. Enumerable.Range(0, expected.Length).Select(step => s_schedules[name].Rate(Point(step)))];

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_whether_it_changes_within_an_epoch(string name)
    {
        double[] expected = Doubles(s_root.GetProperty("rates").GetProperty(name));
        bool changes = expected.Chunk(s_root.GetProperty("steps_per_epoch").GetInt32()).Any(epoch => epoch.Distinct().Count() > 1);

        Assert.Equal(changes, s_schedules[name].ChangesWithinEpoch);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("with cooldown")]
    public void A_plateau_gives_the_rates_of_PyTorch(string name)
    {
        Schedule schedule = name == "default"
            ? Schedule.ReduceOnPlateau(patience: 2)
            : Schedule.ReduceOnPlateau(factor: 0.5, patience: 1, threshold: 0.01, cooldown: 2, least: 0.03);
        double[] costs = Doubles(s_root.GetProperty("costs")), expected = Doubles(s_root.GetProperty("plateaus").GetProperty(name));
        for (int done = 0; done < expected.Length; done++)
        {
            var point = new SchedulePoint { BaseRate = 0.4, Step = done, Epoch = done + 1, History = [.. costs.Take(done).Select(Record)] };
            Assert.Equal(expected[done], schedule.Rate(point), 1e-15);
        }
    }

    private static EpochRecord Record(double cost, int index) => new() { Epoch = index + 1, Cost = cost, Seconds = 0 };

    private static SchedulePoint Point(int step)
    {
        int perEpoch = s_root.GetProperty("steps_per_epoch").GetInt32();
        return new SchedulePoint
        {
            BaseRate = s_root.GetProperty("base").GetDouble(),
            Step = step,
            Epoch = (step / perEpoch) + 1,
            StepInEpoch = step % perEpoch,
            StepsPerEpoch = perEpoch,
            TotalSteps = perEpoch * s_root.GetProperty("epochs").GetInt32(),
        };
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
