using System.Collections.Generic;
using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>What one [Layer] attribute says.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="NamesActivation">True if it gives the layer an activation of its own.</param>
/// <param name="Activation">That activation; null if there is none or it is wrong.</param>
/// <param name="NegativeSlope">The layer's own slope, or null for the network's.</param>
/// <param name="Alpha">The layer's own scale, or null for the network's.</param>
/// <param name="Dropout">The layer's own rate of dropout, or null for the network's.</param>
internal sealed record LayerChoice(
    AttributeReader Attribute, bool NamesActivation, ActivationChoice? Activation, double? NegativeSlope, double? Alpha, double? Dropout);

/// <summary>Reads the [Layer] attributes of a network.</summary>
internal static class LayerReader
{
    /// <summary>The attributes by the layer they name; wrong ones are left out, after a report.</summary>
    /// <param name="context">The class being parsed.</param>
    /// <param name="attributes">The attributes of the class.</param>
    /// <param name="layerCount">L; null if the sizes do not say it.</param>
    /// <param name="number">float or double.</param>
    public static Dictionary<int, LayerChoice> Read(ParseContext context, NetworkAttributes attributes, int? layerCount, ITypeSymbol number)
    {
        var layers = new Dictionary<int, LayerChoice>();
        foreach (AttributeReader attribute in attributes.Layers)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            LayerChoice choice = Read(context, attribute, number);
            if (attribute.ConstructorArgument?.Scalar() is not int layer)
            {
                context.FailSilently(DiagnosticDescriptors.LayerOutOfRange, "a [Layer] attribute does not compile");
            }
            else if (layerCount is { } count && (layer < 1 || layer > count))
            {
                context.Fail(DiagnosticDescriptors.LayerOutOfRange, attribute.ConstructorArgumentLocation, count, layer);
            }
            else if (layers.ContainsKey(layer))
            {
                context.Fail(DiagnosticDescriptors.LayerTwice, attribute.ConstructorArgumentLocation, layer);
            }
            else
            {
                if (layer == layerCount && choice.Dropout > 0)
                {
                    context.Fail(DiagnosticDescriptors.DropoutOfLastLayer, attribute.ValueLocation(OptionReader.Dropout), layer);
                }

                layers.Add(layer, choice);
            }
        }

        return layers;
    }

    private static LayerChoice Read(ParseContext context, AttributeReader attribute, ITypeSymbol number)
    {
        Choice? choice = ChoiceReader.Read(context, attribute, "Activation");
        return new(
            attribute,
            choice is not null,
            choice is { Type: { } type } ? ActivationReader.Read(context, type, number, choice.Location) : null,
            OptionReader.NotNegative(context, attribute, OptionReader.NegativeSlope),
            OptionReader.NotNegative(context, attribute, OptionReader.Alpha),
            OptionReader.Rate(context, attribute, OptionReader.Dropout));
    }
}
