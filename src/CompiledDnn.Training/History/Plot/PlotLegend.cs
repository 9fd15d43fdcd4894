namespace CompiledDnn;

/// <summary>A sample of each line with its name, in as many rows as are needed.</summary>
internal sealed class PlotLegend
{
    /// <summary>The height of a row.</summary>
    public const double RowHeight = 18;

    private const double SampleLength = 22;
    private const double Gap = 6;

    // From the end of a name to the next sample; a character is about as wide as CharacterWidth.
    private const double Between = 18;
    private const double CharacterWidth = 6.2;

    private readonly List<(PlotLine Line, double X, int Row)> _entries = [];

    /// <summary>Finds a place for each line.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="width">The width that there is.</param>
    public PlotLegend(IReadOnlyList<PlotLine> lines, double width)
    {
        double x = 0;
        foreach (PlotLine line in lines)
        {
            double length = SampleLength + Gap + (CharacterWidth * line.Name.Length);
            if (x > 0 && x + length > width)
            {
                x = 0;
                Rows++;
            }

            _entries.Add((line, x, Rows));
            x += length + Between;
        }

        Rows++;
    }

    /// <summary>The rows that it takes.</summary>
    public int Rows { get; }

    /// <summary>Draws it.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="top">Its upper side.</param>
    public void Draw(SvgText svg, double left, double top)
    {
        foreach ((PlotLine line, double x, int row) in _entries)
        {
            double y = top + (RowHeight * (row + 0.5));
            line.DrawSample(svg, left + x, y, SampleLength);
            svg.Text(left + x + SampleLength + Gap, y + 4, line.Name);
        }
    }
}
