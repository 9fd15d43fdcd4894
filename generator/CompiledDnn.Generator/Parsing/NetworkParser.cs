using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Reads what a user asked for. The one set of rules, for the generator and the analyzer alike.</summary>
internal static class NetworkParser
{
    /// <summary>Reads a class with [Network] or [Layer].</summary>
    public static ParseResult Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        // A type whose name is still to be typed: the compiler says so.
        if (TypeRules.Chain(type).Any(part => part.Name.Length == 0))
        {
            return new(null, null, Location.None, []);
        }

        var attributes = NetworkAttributes.Of(type, cancellationToken);
        if (attributes.Networks.IsEmpty)
        {
            return ParseStrayLayers(type, compilation, attributes, cancellationToken);
        }

        AttributeReader network = attributes.Networks[0];
        var context = new ParseContext(type, compilation, network.Syntax, cancellationToken);
        bool isReadable = SizeRules.Read(context, network, out ImmutableArray<int> sizes);
        TypeRules.Check(context);
        NameRules.Check(context, sizes.Length - 1);
        ConstructorRules.Check(context);
        foreach (AttributeReader again in attributes.Networks.Skip(1))
        {
            context.Fail(DiagnosticDescriptors.NetworkTwice, again.Location);
        }

        bool isDouble = ReadPrecision(context, network);
        bool sizesAreRight = isReadable && SizeRules.Check(context, network, sizes, isDouble);
        NetworkSpec spec = new ValueReader(context, attributes, isDouble).Read(CodeNames.Describe(type), sizes, sizesAreRight);
        return context.Refusal is { } reason
            ? new(null, new(context.Name, reason, LocationInfo.From(context.ClassLocation)), context.ClassLocation, context.Diagnostics)
            : new(spec, null, context.ClassLocation, context.Diagnostics);
    }

    private static bool ReadPrecision(ParseContext context, AttributeReader network)
    {
        if (network.Value("Precision") is not { } precision)
        {
            return false;
        }

        if (precision.Member() is not { } member)
        {
            ChoiceReader.ReportNoMember(context, network, "Precision", precision);
            return false;
        }

        return member.Name == "Double";
    }

    private static ParseResult ParseStrayLayers(
        INamedTypeSymbol type, Compilation compilation, NetworkAttributes attributes, CancellationToken cancellationToken)
    {
        var context = new ParseContext(type, compilation, null, cancellationToken);
        foreach (AttributeReader layer in attributes.Layers)
        {
            context.Warn(DiagnosticDescriptors.LayerWithoutNetwork, layer.Location);
        }

        return new(null, null, context.ClassLocation, context.Diagnostics);
    }
}
