using System.Globalization;
using System.Text;
using CompiledDnn.Tests.Files;
using Xunit;

namespace CompiledDnn.Tests.Training;

[Collection(nameof(MeasuredAllocations))]
public class HistoryTests
{
    [Fact]
    public void Json_brings_everything_back_to_the_bit()
    {
        TrainingHistory history = Histories.Full(7);

        TrainingHistory read = TrainingHistory.FromJson(history.ToJson());

        Assert.Equal(history.Epochs, read.Epochs);
        Assert.Equal(history.StepCosts, read.StepCosts);
        Assert.Equal((history.Steps, history.StopReason), (read.Steps, read.StopReason));
        Assert.Equal(history.ToJson(), read.ToJson());
    }

    [Fact]
    public void Json_has_names_for_what_is_no_number()
    {
        TrainingHistory history = Histories.Of(double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon);
        history.Add(new EpochRecord
        {
            Epoch = 6,
            Cost = -0.0,
            Seconds = 0,
            Metrics = new MetricValues([new("a", double.NaN), new("b", double.PositiveInfinity), new("c", double.NegativeInfinity)]),
        });

        TrainingHistory read = TrainingHistory.FromJson(history.ToJson());

        Assert.Equal(history.Epochs, read.Epochs);
        Assert.True(double.IsNegative(read.Last!.Cost));
        Assert.Contains("\"NaN\"", history.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_history_is_read_back_empty()
    {
        TrainingHistory read = TrainingHistory.FromJson(new TrainingHistory().ToJson());

        Assert.Empty(read.Epochs);
        Assert.Empty(read.StepCosts);
        Assert.Null(read.BestEpoch);
        Assert.Null(read.Last);
    }

    [Fact]
    public void Epochs_without_metrics_may_leave_them_out()
    {
        TrainingHistory read = TrainingHistory.FromJson(
            """{"version":1,"stopReason":"AllEpochs","steps":1,"stepCosts":[],"epochs":[{"epoch":1,"cost":0.5,"seconds":1}]}""");

        Assert.Empty(read.Last!.Metrics);
        Assert.Equal(Histories.Of(0.5).Epochs, read.Epochs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"stopReason":"AllEpochs","steps":0,"stepCosts":[],"epochs":[]}""")]
    [InlineData("""{"version":1,"stopReason":"Bored","steps":0,"stepCosts":[],"epochs":[]}""")]
    [InlineData("""{"version":1,"stopReason":"AllEpochs","steps":0,"stepCosts":[],"epochs":null}""")]
    [InlineData("""{"version":1,"stopReason":"AllEpochs","steps":0,"stepCosts":[],"epochs":[null]}""")]
    [InlineData("""{"version":1,"stopReason":"AllEpochs","steps":0,"stepCosts":[],"epochs":[{"epoch":0,"cost":1,"seconds":1}]}""")]
    [InlineData("""{"version":1,"stopReason":"AllEpochs","steps":0,"stepCosts":[],"epochs":[{"epoch":1,"cost":"low","seconds":1}]}""")]
    [InlineData("""{"version":1,"stopReason":"AllEpochs","steps":0,"stepCosts":[],"epochs":[{"epoch":1,"cost":1,"seconds":1,"metrics":{"a":1,"a":2}}]}""")]
    [InlineData("""{"version":1,"stopReason":"AllEpochs","steps":0,"stepCosts":[],"epochs":[{"epoch":1,"cost":1,"seconds":1,"metrics":{"a":true}}]}""")]
    public void Text_that_is_no_history_is_refused(string json)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => TrainingHistory.FromJson(json));

        Assert.StartsWith("TrainingHistory.FromJson: the text is no training history: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_text_is_read_or_refused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Histories.Full(1).ToJson());

        int refused = Damage.Refusals<FormatException>(
            Damage.Briefly(whole).Append(("with half a character", [.. "{\"\\ud800\":1,"u8, .. whole[1..]])),
            text => TrainingHistory.FromJson(Encoding.UTF8.GetString(text)),
            (refusal, _) => Assert.StartsWith("TrainingHistory.FromJson: the text is no training history: ", refusal.Message, StringComparison.Ordinal));

        Assert.InRange(refused, whole.Length / 2, 2 * whole.Length);
    }

    [Fact]
    public void Csv_has_a_line_for_each_epoch_and_a_column_for_each_metric()
    {
        var history = new TrainingHistory();
        history.Add(new EpochRecord { Epoch = 1, Step = 4, Examples = 100, Rate = 0.1, Cost = 0.1 + 0.2, Accuracy = 0.5, Seconds = 2 });
        history.Add(new EpochRecord
        {
            Epoch = 2,
            Step = 8,
            Examples = 100,
            Cost = double.NaN,
            Metrics = new MetricValues([new("my, \"own\"", 1.5), new("accuracy", 0.75)]),
            ValidationCost = 1e-20,
            ValidationMetrics = new MetricValues([new("r2", -1)]),
            Seconds = 2.5,
        });

        Assert.Equal(
            """"
            epoch,step,examples,rate,cost,accuracy,"my, ""own""",validation_cost,validation_accuracy,validation_r2,seconds
            1,4,100,0.1,0.30000000000000004,0.5,,,,,2
            2,8,100,,NaN,0.75,1.5,1E-20,,-1,2.5

            """".ReplaceLineEndings("\n"),
            history.ToCsv());
    }

    [Fact]
    public void Numbers_have_a_point_in_every_culture()
    {
        TrainingHistory history = Histories.Full(3);
        (string csv, string json, string svg) = (history.ToCsv(), history.ToJson(), history.ToSvg());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "−";
            CultureInfo.CurrentCulture = comma;

            Assert.Equal((csv, json, svg), (history.ToCsv(), history.ToJson(), history.ToSvg()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_best_epoch_has_the_lowest_validation_cost()
    {
        Assert.Equal(3, Histories.Of((1, 9), (2, double.NaN), (3, 4), (0, 4), (0, 5)).BestEpoch);
        Assert.Equal(2, Histories.Of(double.NaN, 1, 1).BestEpoch);
        Assert.Null(Histories.Of(double.NaN).BestEpoch);
    }

    [Fact]
    public void Files_are_written_whole()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            TrainingHistory history = Histories.Full(2);
            history.SaveJson(Path.Combine(folder, "h.json"));
            history.SaveCsv(Path.Combine(folder, "h.csv"));
            history.SaveSvg(Path.Combine(folder, "h.svg"));

            Assert.Equal(history.ToJson(), File.ReadAllText(Path.Combine(folder, "h.json")));
            Assert.Equal(history.ToCsv(), File.ReadAllText(Path.Combine(folder, "h.csv")));
            Assert.Equal(history.ToSvg(), File.ReadAllText(Path.Combine(folder, "h.svg")));
            Assert.Equal(3, Directory.GetFiles(folder).Length);
            Assert.ThrowsAny<IOException>(() => history.SaveCsv(Path.Combine(folder, "none", "h.csv")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Fit_says_how_far_each_epoch_came()
    {
        TrainingHistory history = TrainingData.XorNetwork<float>().Fit(TrainingData.Xor<float>(50, seed: 1), new() { Epochs = 3, BatchSize = 20 });

        Assert.Equal([3, 6, 9], history.Epochs.Select(epoch => epoch.Step));
        Assert.All(history.Epochs, epoch => Assert.Equal(50, epoch.Examples));
        Assert.Equal(StopReason.AllEpochs, history.StopReason);
    }

    [Fact]
    public void Costs_of_steps_take_no_memory_once_it_is_reserved()
    {
        var history = new TrainingHistory();
        const int Steps = 1000;
        history.ReserveStepCosts(Steps);
        int step = 0;

        MeasuredAllocations.None(() =>
        {
            for (int i = 0; i < 60; i++)
            {
                history.Add(new StepCost(++step, 1));
            }
        });

        Assert.InRange(history.StepCosts.Count, 180, Steps);
    }
}
