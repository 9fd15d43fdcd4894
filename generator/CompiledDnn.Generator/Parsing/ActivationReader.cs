using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>An activation with what the parser alone needs to know of it.</summary>
/// <param name="Type">The struct closed with the number; a second type parameter stays open.</param>
/// <param name="Spec">The activation without a layer's options.</param>
/// <param name="Range">What its outputs can be: a value of OutputRange.</param>
/// <param name="DefaultLoss">The type that implements its default loss, or null for the runtime's default.</param>
/// <param name="Location">Where it is named.</param>
internal sealed record ActivationChoice(
    INamedTypeSymbol Type,
    ActivationSpec Spec,
    int Range,
    INamedTypeSymbol? DefaultLoss,
    Location Location)
{
    /// <summary>True if it takes NegativeSlope and Alpha.</summary>
    public bool TakesOptions => Spec.Type.Arity == 2;
}

/// <summary>Reads the traits of an activation off its interfaces and its attribute, built-in and custom alike.</summary>
internal static class ActivationReader
{
    /// <summary>The activation, or null after a report.</summary>
    public static ActivationChoice? Read(ParseContext context, ITypeSymbol requested, ITypeSymbol number, Location location)
    {
        if (ImplementationReader.Read(context, requested, number, KnownTypes.LayerOptions, out string problem) is not { } implementation)
        {
            return Unusable(context, requested, problem, location);
        }

        INamedTypeSymbol type = implementation.Type;
        bool isElementwise = type.Implements(KnownTypes.Activation, number);
        bool isRow = type.Implements(KnownTypes.RowActivation, number);
        bool fromOutput = type.Implements(KnownTypes.DerivativeFromOutput, number);
        string t = number.ToDisplayString();
        if (isElementwise == isRow)
        {
            return Unusable(
                context,
                requested,
                isRow
                    ? $"it implements both IActivation<{t}> and IRowActivation<{t}>: keep one of them"
                    : $"it implements neither IActivation<{t}> nor IRowActivation<{t}>: implement one of them",
                location);
        }

        if (isElementwise && !fromOutput && !type.Implements(KnownTypes.DerivativeFromInput, number))
        {
            return Unusable(
                context,
                requested,
                $"it implements IActivation<{t}> but neither IDerivativeFromOutput<{t}> nor IDerivativeFromInput<{t}>: "
                    + "implement one of them",
                location);
        }

        AttributeData? traits = type.OriginalDefinition.FindAttribute(KnownTypes.ActivationTraitsAttribute);
        return new(
            type,
            new(
                type.Name,
                implementation.Spec,
                isRow,
                DerivativeFromOutput: isRow || fromOutput,
                traits.Member("Initializer")?.Name ?? AttributeDefaults.Initializer,
                traits.Text("Onnx"),
                NegativeSlope: null,
                Alpha: null),
            traits.Member("Range")?.ConstantValue as int? ?? OutputRanges.Any,
            traits.Member("DefaultLoss")?.Implementation(),
            location);
    }

    private static ActivationChoice? Unusable(ParseContext context, ITypeSymbol type, string problem, Location location)
    {
        context.Fail(DiagnosticDescriptors.UnusableType, location, type.Name, "activation", problem);
        return null;
    }

    private static IFieldSymbol? Member(this AttributeData? traits, string property) =>
        traits.Argument(property).Member();

    private static string? Text(this AttributeData? traits, string property) => traits.Argument(property).Scalar() as string;

    private static TypedConstant Argument(this AttributeData? traits, string property) =>
        traits?.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value ?? default;
}
