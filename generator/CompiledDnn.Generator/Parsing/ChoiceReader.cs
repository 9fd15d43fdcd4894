using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>A type that an attribute chooses, by the member of an enum or by the type itself, and where it says so.</summary>
/// <param name="Type">The type; null if what is given is wrong, after a report by this parser or by the compiler.</param>
/// <param name="Location">Where it is given.</param>
internal sealed record Choice(ITypeSymbol? Type, Location Location);

/// <summary>Reads pairs of properties such as Hidden and HiddenType, of which one may be given.</summary>
internal static class ChoiceReader
{
    /// <summary>What is chosen; null if nothing is.</summary>
    /// <param name="context">The class being parsed.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="property">The property with the enum; the one with the type has Type behind its name.</param>
    public static Choice? Read(ParseContext context, AttributeReader attribute, string property)
    {
        string typeProperty = property + "Type";
        if (attribute.Type(typeProperty) is { } type)
        {
            Location location = attribute.ValueLocation(typeProperty);
            if (attribute.Value(property) is not null)
            {
                context.Fail(DiagnosticDescriptors.BothForms, location, property, typeProperty);
                return new(null, location);
            }

            return new(HasErrors(type) ? null : type, location);
        }

        if (attribute.Value(property) is not { } constant)
        {
            return null;
        }

        if (constant.Member() is not { } member)
        {
            ReportNoMember(context, attribute, property, constant);
            return new(null, attribute.ValueLocation(property));
        }

        // A member without a type, Loss.FromOutput, says what leaving it out says.
        return member.Implementation() is { } implementation ? new(implementation, attribute.ValueLocation(property)) : null;
    }

    /// <summary>Reports a value of an enum that is none of its members.</summary>
    public static void ReportNoMember(ParseContext context, AttributeReader attribute, string property, TypedConstant constant) =>
        context.Fail(
            DiagnosticDescriptors.OptionOutOfRange,
            attribute.ValueLocation(property),
            property,
            $"a member of the enum {constant.Type?.Name}",
            constant.Value ?? "null");

    private static bool HasErrors(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Error
        || (type is INamedTypeSymbol { IsUnboundGenericType: false } named && named.TypeArguments.Any(HasErrors));
}
