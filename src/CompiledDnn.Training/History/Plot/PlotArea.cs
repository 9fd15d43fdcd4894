namespace CompiledDnn;

/// <summary>Draws axes and lines of a plot.</summary>
/// <param name="svg">The picture.</param>
/// <param name="frame">Where the lines go.</param>
internal sealed class PlotArea(SvgText svg, PlotFrame frame)
{
    private const string AxisColor = "#888888";
    private const string GridColor = "#e4e4e4";
    private const double TickLength = 5;

    /// <summary>Draws the axis below.</summary>
    public void DrawAcross(AxisScale scale, string name)
    {
        foreach (double tick in scale.Ticks)
        {
            double x = frame.X(scale.Position(tick));
            svg.Line(x, frame.Bottom, x, frame.Bottom + TickLength, AxisColor);
            svg.Text(x, frame.Bottom + 18, scale.Label(tick), "middle");
        }

        svg.Text((frame.Left + frame.Right) / 2, frame.Bottom + 38, name, "middle");
    }

    /// <summary>Draws the axis to the left with its grid.</summary>
    public void DrawUp(AxisScale scale, string name)
    {
        foreach (double tick in scale.Ticks)
        {
            double y = frame.Y(scale.Position(tick));
            svg.Line(frame.Left, y, frame.Right, y, GridColor);
            svg.Text(frame.Left - 8, y + 4, scale.Label(tick), "end");
        }

        svg.Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, AxisColor);
        svg.Line(frame.Left, frame.Top, frame.Left, frame.Bottom, AxisColor);
        svg.TextUpwards(16, (frame.Top + frame.Bottom) / 2, name);
    }

    /// <summary>Draws the axis to the right.</summary>
    public void DrawRight(AxisScale scale, string name)
    {
        foreach (double tick in scale.Ticks)
        {
            double y = frame.Y(scale.Position(tick));
            svg.Line(frame.Right, y, frame.Right + TickLength, y, AxisColor);
            svg.Text(frame.Right + 8, y + 4, scale.Label(tick));
        }

        svg.Line(frame.Right, frame.Top, frame.Right, frame.Bottom, AxisColor);
        svg.TextUpwards(frame.Right + 54, (frame.Top + frame.Bottom) / 2, name);
    }

    /// <summary>Draws lines.</summary>
    public void DrawLines(IEnumerable<PlotLine> lines, AxisScale across, AxisScale up)
    {
        foreach (PlotLine line in lines)
        {
            line.Draw(svg, frame, across, up);
        }
    }

    /// <summary>Draws a dot, unless a position is not a number.</summary>
    public void DrawDot(double across, double up, string color)
    {
        if (double.IsFinite(across) && double.IsFinite(up))
        {
            svg.Dot(frame.X(across), frame.Y(up), color);
        }
    }

    /// <summary>Writes into the middle of an empty plot.</summary>
    public void DrawNote(string text) => svg.Text((frame.Left + frame.Right) / 2, (frame.Top + frame.Bottom) / 2, text, "middle");
}
