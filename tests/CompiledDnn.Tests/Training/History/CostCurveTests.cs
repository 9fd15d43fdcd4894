using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace CompiledDnn.Tests.Training;

public class CostCurveTests
{
    [Fact]
    public void The_title_is_the_learning_rate_as_in_the_course()
    {
        Assert.Contains("Learning rate = 0.0075", Texts(WithRates(0.0075, 0.0075)));
        Assert.Contains("Learning rate = 0.1 to 1e-05", Texts(WithRates(0.1, 0.00001)));
        Assert.Contains("a < b & c", Texts(WithRates(0.1, 0.1), new() { Title = "a < b & c" }));

        static TrainingHistory WithRates(params double[] rates)
        {
            var history = new TrainingHistory();
            foreach (double rate in rates)
            {
                history.Add(new EpochRecord { Epoch = history.Epochs.Count + 1, Rate = rate, Cost = 1, Seconds = 1 });
            }

            return history;
        }
    }

    [Fact]
    public void Axes_have_round_ticks()
    {
        List<string> texts = Texts(Histories.Of([.. Enumerable.Range(1, 100).Select(epoch => (0.7 / epoch, 0.9 / epoch))]));

        HasAll(texts, "0", "20", "40", "60", "80", "100", "epochs");
        HasAll(texts, "0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "cost");
        HasAll(texts, "training cost", "validation cost (best: epoch 100)");
    }

    [Fact]
    public void A_logarithmic_scale_names_powers_of_ten()
    {
        List<string> texts = Texts(Histories.Of(7, 0.5, 0.003, 2e-5), new() { LogScale = true });

        HasAll(texts, "10", "1", "0.1", "0.01", "0.001", "0.0001", "0.00001", "cost (log scale)");
    }

    [Fact]
    public void A_metric_has_an_axis_and_lines_of_its_own()
    {
        TrainingHistory history = Histories.Full(5);

        HasAll(
            Texts(history, new() { Metric = "accuracy" }), "accuracy", "training accuracy", "validation accuracy", "iterations", "cost of a step");
        Assert.Contains("training roc_auc", Texts(history, new() { Metric = "roc_auc" }));
        Assert.DoesNotContain("validation roc_auc", Texts(history, new() { Metric = "roc_auc" }));
        Assert.DoesNotContain("training unknown", Texts(history, new() { Metric = "unknown" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_the_costs_everything_drawn_lies_in_the_picture(bool logScale)
    {
        double[][] costs =
        [
            [], [1], [0], [-1], [0, 0, 0], [double.NaN], [double.NaN, double.PositiveInfinity, double.NegativeInfinity],
            [1, double.NaN, 2, double.NaN, double.NaN, 3, 4], [double.MaxValue, double.MinValue], [1e300, -1e300, 1e-300], [double.Epsilon, 0],
            [1, 1 + 1e-15], [1e-310, 2e-310], [0.1, -0.1], [123456789, 123456790], [1e-8, 3e-8], [-5, -3, -4], [1e5, 1e-5, 1e-20, 1e20],
            [.. Enumerable.Range(1, 20_000).Select(epoch => 1.0 / epoch)],
        ];
        foreach (double[] some in costs)
        {
            XElement svg = Draw(Histories.Of(some), new() { LogScale = logScale });
            foreach (double number in Numbers(svg))
            {
                Assert.InRange(number, 0, 720);
            }

            Assert.InRange(svg.ToString().Length, 1, 60_000);
            Assert.InRange(svg.Descendants().Count(element => element.Name.LocalName == "text"), 4, 60);
        }
    }

    [Fact]
    public void An_empty_history_says_so() =>
        Assert.Contains("nothing to draw yet", Texts(new TrainingHistory()));

    [Fact]
    public void What_is_not_a_number_leaves_a_gap()
    {
        XElement svg = Draw(Histories.Of(3, 2, double.NaN, 1.5, 1.2, double.PositiveInfinity, 1.1), new());

        // Two runs of a line, and a dot for the epoch by itself.
        string path = Attribute(svg, "path", "d").Single(data => data.Contains('L', StringComparison.Ordinal));
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Single(svg.Descendants(), element => element.Name.LocalName == "circle");
    }

    [Fact]
    public void Higher_costs_are_drawn_higher()
    {
        XElement svg = Draw(Histories.Of(3, 1, 2), new());

        string path = Attribute(svg, "path", "d").Single(data => data.Contains('L', StringComparison.Ordinal));
        double[] points = [.. path.Split('M', 'L', ' ').Where(part => part.Length > 0).Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        Assert.True(points[0] < points[2] && points[2] < points[4]);
        Assert.True(points[1] < points[5] && points[5] < points[3]);
    }

    [Fact]
    public void Spikes_are_seen_among_many_points()
    {
        double[] costs = [.. Enumerable.Repeat(1.0, 50_000)];
        costs[31_234] = 2;

        XElement svg = Draw(Histories.Of(costs), new());

        // The axis goes from 0 to 2, so the spike touches the grid's upper line.
        double top = Attribute(svg, "line", "y1").Min(y => double.Parse(y, CultureInfo.InvariantCulture));
        Assert.Contains(Attribute(svg, "path", "d"), path => path.Contains(FormattableString.Invariant($" {top}L"), StringComparison.Ordinal));
    }

    [Fact]
    public void Pictures_that_are_too_small_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Histories.Of(1).ToSvg(new() { Width = 100 }));
        Assert.Throws<ArgumentException>(() => Histories.Of(1).ToSvg(new() { Height = 0 }));
    }

    private static XElement Draw(TrainingHistory history, CostCurveOptions options) => XElement.Parse(history.ToSvg(options));

    private static List<string> Texts(TrainingHistory history, CostCurveOptions? options = null) =>
        [.. Draw(history, options ?? new()).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static void HasAll(List<string> texts, params string[] expected) =>
        Assert.All(expected, text => Assert.Contains(text, texts));

    private static IEnumerable<string> Attribute(XElement svg, string element, string name) =>
        svg.Descendants().Where(e => e.Name.LocalName == element).Select(e => e.Attribute(name)!.Value);

    private static IEnumerable<double> Numbers(XElement svg) => svg.Descendants()
        .SelectMany(element => element.Attributes())
        .Where(attribute => attribute.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "d")
        .SelectMany(attribute => attribute.Value.Split('M', 'L', 'h', ' '))
        .Where(part => part.Length > 0)
        .Select(part => double.Parse(part, CultureInfo.InvariantCulture));
}
