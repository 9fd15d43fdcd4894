using System.Globalization;
using System.Text;

namespace CompiledDnn;

/// <summary>Writes the few elements of SVG that a plot needs. Lengths are in pixels, from the upper left corner.</summary>
internal sealed class SvgText
{
    private const string Fonts = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    public SvgText(int width, int height, string title)
    {
        Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{Fonts}\" font-size=\"12\">\n");
        _text.Append("<title>").Append(Escaped(title)).Append("</title>\n");
        Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
    }

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string color, string more = "") =>
        Append($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{color}\"{more}/>\n");

    /// <summary>A path that is not filled.</summary>
    /// <param name="data">Its points.</param>
    /// <param name="style">Its colour and the like, as attributes.</param>
    public void Path(string data, string style) => Append($"<path d=\"{data}\" fill=\"none\" {style}/>\n");

    /// <summary>A dot.</summary>
    public void Dot(double x, double y, string color) => Append($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3\" fill=\"{color}\"/>\n");

    /// <summary>A line of text.</summary>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">The line that it stands on.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="more">More attributes.</param>
    public void Text(double x, double y, string text, string anchor = "start", string more = "")
    {
        Append($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"#333333\"{more}>");
        _text.Append(Escaped(text)).Append("</text>\n");
    }

    /// <summary>A line of text that goes upwards.</summary>
    /// <param name="x">The line that it stands on.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="text">The text.</param>
    public void TextUpwards(double x, double y, string text) =>
        Text(x, y, text, "middle", string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate(-90 {x:0.#} {y:0.#})\""));

    /// <summary>Ends the picture.</summary>
    /// <returns>All of it.</returns>
    public string End() => _text.Append("</svg>\n").ToString();

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\t' or '\n' or '\r' => " ",
                < ' ' or '\uFFFE' or '\uFFFF' => "\uFFFD", // not allowed in XML
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private void Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));
}
