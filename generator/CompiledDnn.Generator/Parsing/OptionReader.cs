using System.Globalization;
using CompiledDnn.Generator.Diagnostics;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Reads the numbers that attributes give to activations, layers and losses.</summary>
internal static class OptionReader
{
    public const string NegativeSlope = "NegativeSlope";
    public const string Alpha = "Alpha";
    public const string HuberDelta = "HuberDelta";
    public const string Dropout = "Dropout";

    /// <summary>A number that must be finite and not negative; null if it is not given, or is wrong, after a report.</summary>
    public static double? NotNegative(ParseContext context, AttributeReader attribute, string property) =>
        Check(context, attribute, property, "finite and not negative", value => value >= 0);

    /// <summary>A number that must be finite and positive; null if it is not given, or is wrong, after a report.</summary>
    public static double? Positive(ParseContext context, AttributeReader attribute, string property) =>
        Check(context, attribute, property, "finite and positive", value => value > 0);

    /// <summary>A number that must be at least 0 and less than 1; null if it is not given, or is wrong, after a report.</summary>
    public static double? Rate(ParseContext context, AttributeReader attribute, string property) =>
        Check(context, attribute, property, "at least 0 and less than 1", value => value is >= 0 and < 1);

    private static double? Check(
        ParseContext context, AttributeReader attribute, string property, string expected, System.Func<double, bool> isRight)
    {
        if (attribute.Number(property) is not { } value)
        {
            return null;
        }

        if (isRight(value) && !double.IsInfinity(value))
        {
            return value;
        }

        context.Fail(
            DiagnosticDescriptors.OptionOutOfRange,
            attribute.ValueLocation(property),
            property,
            expected,
            value.ToString("R", CultureInfo.InvariantCulture));
        return null;
    }
}
