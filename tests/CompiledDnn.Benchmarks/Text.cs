using System.Globalization;

namespace CompiledDnn.Benchmarks;

/// <summary>Numbers as text, the same in every culture.</summary>
internal static class Text
{
    /// <summary>A line of text.</summary>
    public static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time with a fitting unit.</summary>
    public static string Duration(double seconds) => seconds < 1e-6
        ? Line($"{seconds * 1e9:F0} ns")
        : seconds < 1e-3 ? Line($"{seconds * 1e6:F2} µs") : Line($"{seconds * 1e3:F2} ms");
}
