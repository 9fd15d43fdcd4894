using System.Globalization;

namespace CompiledDnn;

/// <summary>A history as a picture: cost over epochs or iterations, as the notebook's course plots it.</summary>
internal sealed class CostCurve
{
    // Of O. and M. Okabe and K. Ito's colours, which most people can tell apart. A data set has a colour, a metric is dashed.
    private const string TrainingColor = "#0072b2";
    private const string ValidationColor = "#d55e00";
    private const string Solid = "stroke-width=\"2\"";
    private const string Dashed = "stroke-width=\"1.5\" stroke-dasharray=\"5 3\"";
    private const string Faint = "stroke-width=\"1\" stroke-opacity=\"0.3\"";

    // Room for the names of an axis, and without one; for those below; for the title.
    private const int Side = 64;
    private const int NoSide = 24;
    private const int Below = 48;
    private const int TitleHeight = 36;

    private const int LeastWidth = 240;
    private const int LeastHeight = 160;

    private readonly TrainingHistory _history;
    private readonly CostCurveOptions _options;
    private readonly EpochRecord? _best;
    private readonly bool _bySteps;
    private readonly List<PlotLine> _costs = [];
    private readonly List<PlotLine> _metrics = [];

    public CostCurve(TrainingHistory history, CostCurveOptions options)
    {
        if (options.Width < LeastWidth || options.Height < LeastHeight)
        {
            throw new ArgumentException(
                $"TrainingHistory.ToSvg: the picture is at least {LeastWidth} × {LeastHeight} pixels large, but {options.Width} × {options.Height} were asked for.",
                nameof(options));
        }

        _history = history;
        _options = options;
        int? best = history.BestEpoch;
        _best = history.Epochs.FirstOrDefault(epoch => epoch.Epoch == best);
        _bySteps = history.StepCosts.Count > 0;
        AddCosts();
        if (options.Metric is { } metric)
        {
            AddMetric(metric);
        }
    }

    /// <summary>Draws it.</summary>
    public string Draw()
    {
        string title = _options.Title ?? RateTitle();
        var svg = new SvgText(_options.Width, _options.Height, title.Length == 0 ? "Cost" : title);
        double right = _options.Width - (_metrics.Count > 0 ? Side : NoSide);
        var legend = new PlotLegend([.. _costs, .. _metrics], right - Side);
        double top = title.Length == 0 ? TitleHeight / 4.0 : TitleHeight;
        var plot = new PlotArea(svg, new PlotFrame(Side, top + (PlotLegend.RowHeight * legend.Rows) + 6, right, _options.Height - Below));
        svg.Text((Side + right) / 2, 25, title, "middle", " font-size=\"15\" font-weight=\"600\"");
        legend.Draw(svg, Side, top);

        AxisScale across = Across();
        plot.DrawAcross(across, _bySteps ? "iterations" : "epochs");
        AxisScale up = Up();
        plot.DrawUp(up, up is LogScale ? "cost (log scale)" : "cost");
        plot.DrawLines(_costs, across, up);
        if (_best is { ValidationCost: { } lowest } best)
        {
            plot.DrawDot(across.Position(X(best)), up.Position(lowest), ValidationColor);
        }

        if (_metrics.Count > 0)
        {
            AxisScale beside = LinearScale.Around(Values(_metrics));
            plot.DrawRight(beside, _options.Metric!);
            plot.DrawLines(_metrics, across, beside);
        }

        if (!Values([.. _costs, .. _metrics]).Any(double.IsFinite))
        {
            plot.DrawNote("nothing to draw yet");
        }

        return svg.End();
    }

    private void AddCosts()
    {
        if (_bySteps)
        {
            Add(_costs, "cost of a step", [.. _history.StepCosts.Select(static step => ((double)step.Step, step.Cost))], TrainingColor, Faint);
        }

        Add(_costs, "training cost", Points(static epoch => epoch.Cost), TrainingColor, Solid);
        string best = _best is null ? "" : $" (best: epoch {_best.Epoch})";
        Add(_costs, $"validation cost{best}", Points(static epoch => epoch.ValidationCost), ValidationColor, Solid);
    }

    private void AddMetric(string name)
    {
        Add(_metrics, $"training {name}", Points(epoch => Find(epoch.Metrics, name, epoch.Accuracy)), TrainingColor, Dashed);
        Add(_metrics, $"validation {name}", Points(epoch => Find(epoch.ValidationMetrics, name, epoch.ValidationAccuracy)), ValidationColor, Dashed);
    }

    private static double? Find(MetricValues values, string name, double? accuracy) =>
        values.TryGetValue(name, out double value) ? value : name == Metric.Accuracy.Name ? accuracy : null;

    private static void Add(List<PlotLine> lines, string name, List<(double X, double Y)> points, string color, string style)
    {
        if (points.Exists(static point => !double.IsNaN(point.Y)))
        {
            lines.Add(new PlotLine(name, points, color, style));
        }
    }

    private List<(double X, double Y)> Points(Func<EpochRecord, double?> value) =>
        [.. _history.Epochs.Select(epoch => (X(epoch), value(epoch) ?? double.NaN))];

    private double X(EpochRecord epoch) => _bySteps ? epoch.Step : epoch.Epoch;

    // From 0 where 1 would be no round number; a single epoch lies in the middle.
    private LinearScale Across()
    {
        double[] xs = [.. _costs.Concat(_metrics).SelectMany(static line => line.Points).Select(static point => point.X).DefaultIfEmpty(1)];
        (double low, double high) = (xs.Min(), xs.Max());
        return low == high ? LinearScale.Counting(low - 1, high + 1) : LinearScale.Counting(high > 10 && low <= high / 10 ? 0 : low, high);
    }

    private AxisScale Up() =>
        (_options.LogScale ? LogScale.Around(Values(_costs)) : null) ?? (AxisScale)LinearScale.Around(Values(_costs));

    private static IEnumerable<double> Values(IEnumerable<PlotLine> lines) =>
        lines.SelectMany(static line => line.Points).Select(static point => point.Y);

    private string RateTitle()
    {
        double[] rates = [.. _history.Epochs.Select(static epoch => epoch.Rate).OfType<double>()];
        return rates.Length == 0 ? ""
            : rates.Min() == rates.Max() ? $"Learning rate = {Text(rates[0], "G6")}"
            : $"Learning rate = {Text(rates[0], "G3")} to {Text(rates[^1], "G3")}";

        static string Text(double rate, string format) => rate.ToString(format, CultureInfo.InvariantCulture).Replace('E', 'e');
    }
}
