using System.Globalization;
using System.Reflection;

namespace CompiledDnn.Tool.Models;

/// <summary>The activations that an attribute can name, by their form in ONNX: read off their types, as the generator reads them.</summary>
internal static class KnownActivations
{
    private static readonly (Activation Activation, string Form)[] Forms =
    [
        .. typeof(Activation).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => (Enum.Parse<Activation>(field.Name), FormOf(field)))
            .Where(static pair => pair.Item2 is not null)
            .Select(static pair => (pair.Item1, pair.Item2!)),
    ];

    private static readonly NetworkAttribute Defaults = new();

    /// <summary>What an activation is with the numbers that an attribute has by default; null if it has no form in ONNX.</summary>
    public static OnnxExpression? ExpressionOf(Activation activation) => Array.Find(Forms, pair => pair.Activation == activation).Form is { } form
        ? OnnxFormParser.Parse($"{activation}", form, Defaults.NegativeSlope, Defaults.Alpha)
        : null;

    /// <summary>
    /// The activation that an expression is, with its numbers as they stand in the attribute, and as the library writes it; null if it is none of
    /// the library's.
    /// </summary>
    public static (Activation Activation, string? Options, OnnxExpression Expression)? Find(OnnxExpression expression)
    {
        double alpha = expression is OnnxOperation { Attributes: [{ Name: "alpha" } attribute] } ? attribute.Value : 1;
        foreach ((Activation activation, string form) in Forms)
        {
            OnnxExpression own = OnnxFormParser.Parse($"{activation}", form, alpha, alpha);
            if (OnnxNormalForm.AreSame(own, expression))
            {
                return (activation, Option(form, nameof(NetworkAttribute.NegativeSlope), alpha, 0.01f) ?? Option(form, nameof(NetworkAttribute.Alpha), alpha, 1), own);
            }
        }

        return null;
    }

    // Numbers went through single precision, whose shortest text is what was meant.
    private static string? Option(string form, string name, double value, float usual) =>
        form.Contains(name, StringComparison.Ordinal) && (float)value != usual ? $"{name} = {((float)value).ToString(CultureInfo.InvariantCulture)}" : null;

    private static string? FormOf(FieldInfo member) =>
        member.GetCustomAttribute<ImplementationAttribute>()?.Type.GetCustomAttribute<ActivationTraitsAttribute>()?.Onnx;
}
