using System.Globalization;
using System.Text;

namespace CompiledDnn;

/// <summary>A line through points, with gaps where a value cannot be drawn.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">The points in the order of their x.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Style">How it is drawn, as attributes.</param>
internal sealed record PlotLine(string Name, IReadOnlyList<(double X, double Y)> Points, string Color, string Style)
{
    /// <summary>Draws it.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="frame">Where.</param>
    /// <param name="across">The axis of the points' x.</param>
    /// <param name="up">The axis of their y.</param>
    public void Draw(SvgText svg, PlotFrame frame, AxisScale across, AxisScale up)
    {
        var data = new StringBuilder();
        var run = new List<(double X, double Y)>();
        foreach ((double x, double y) in Points)
        {
            double position = up.Position(y);
            if (double.IsNaN(position))
            {
                End(svg, run, data);
            }
            else
            {
                run.Add((frame.X(across.Position(x)), frame.Y(position)));
            }
        }

        End(svg, run, data);
        if (data.Length > 0)
        {
            svg.Path(data.ToString(), Attributes);
        }
    }

    /// <summary>Draws a short piece of it, for the legend.</summary>
    public void DrawSample(SvgText svg, double x, double y, double length) => svg.Path(
        string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}h{length:0.#}"), Attributes);

    private string Attributes => $"stroke=\"{Color}\" stroke-linejoin=\"round\" {Style}";

    // A single point has no line to it.
    private void End(SvgText svg, List<(double X, double Y)> run, StringBuilder data)
    {
        (double X, double Y)[] points = [.. Thinned(run)];
        if (points.Length == 1)
        {
            svg.Dot(points[0].X, points[0].Y, Color);
        }
        else
        {
            char command = 'M';
            foreach ((double x, double y) in points)
            {
                data.Append(CultureInfo.InvariantCulture, $"{command}{x} {y}");
                command = 'L';
            }
        }

        run.Clear();
    }

    // Of the points above one pixel of the lower side: the first, the highest, the lowest, the last, to a tenth of a pixel. No more can
    // be seen.
    private static IEnumerable<(double X, double Y)> Thinned(List<(double X, double Y)> run)
    {
        (double X, double Y) last = (double.NaN, double.NaN);
        for (int start = 0; start < run.Count;)
        {
            int lowest = start;
            int highest = start;
            int end = start;
            for (; end < run.Count && Math.Floor(run[end].X) == Math.Floor(run[start].X); end++)
            {
                lowest = run[end].Y > run[lowest].Y ? end : lowest;
                highest = run[end].Y < run[highest].Y ? end : highest;
            }

            int[] kept = [start, Math.Min(lowest, highest), Math.Max(lowest, highest), end - 1];
            foreach ((double X, double Y) point in kept.Select(i => (Math.Round(run[i].X, 1), Math.Round(run[i].Y, 1))))
            {
                if (point != last)
                {
                    yield return last = point;
                }
            }

            start = end;
        }
    }
}
