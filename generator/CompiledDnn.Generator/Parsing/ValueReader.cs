using System.Collections.Generic;
using System.Collections.Immutable;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Reads the layers and the loss of a network.</summary>
internal sealed class ValueReader(ParseContext context, NetworkAttributes attributes, bool isDouble)
{
    private readonly AttributeReader _network = attributes.Networks[0];

    private readonly ITypeSymbol _number =
        context.Compilation.GetSpecialType(isDouble ? SpecialType.System_Double : SpecialType.System_Single);

    /// <summary>The network; with a failure if anything is wrong, after a report.</summary>
    /// <param name="type">The class.</param>
    /// <param name="sizes">The sizes as they stand in the attribute.</param>
    /// <param name="sizesAreRight">False after a report.</param>
    public NetworkSpec Read(TypeSpec type, ImmutableArray<int> sizes, bool sizesAreRight)
    {
        int? layerCount = sizes.Length >= 2 ? sizes.Length - 1 : null;
        double? negativeSlope = OptionReader.NotNegative(context, _network, OptionReader.NegativeSlope);
        double? alpha = OptionReader.NotNegative(context, _network, OptionReader.Alpha);
        double? huberDelta = OptionReader.Positive(context, _network, OptionReader.HuberDelta);
        double? dropout = OptionReader.Rate(context, _network, OptionReader.Dropout);
        ActivationChoice? hidden = ReadActivation("Hidden", AttributeDefaults.Hidden);
        ActivationChoice? output = ReadActivation("Output", AttributeDefaults.Output);
        Dictionary<int, LayerChoice> own = LayerReader.Read(context, attributes, layerCount, _number);
        ActivationChoice?[] activations = Distribute(layerCount ?? 0, hidden, output, own);
        if (layerCount is not null)
        {
            ActivationRules.Check(context, activations, sizes[sizes.Length - 1]);
            output = activations[activations.Length - 1];
        }

        LossSpec? loss = ReadLoss(output, sizesAreRight ? sizes[sizes.Length - 1] : null);
        if (context.Failure is not null || loss is null)
        {
            return Failed();
        }

        var layers = ImmutableArray.CreateBuilder<LayerSpec>();
        for (int l = 1; l < sizes.Length; l++)
        {
            if (activations[l - 1] is not { } activation)
            {
                return Failed();
            }

            own.TryGetValue(l, out LayerChoice? layer);
            ActivationSpec spec = activation.TakesOptions
                ? activation.Spec with { NegativeSlope = layer?.NegativeSlope ?? negativeSlope, Alpha = layer?.Alpha ?? alpha }
                : activation.Spec;
            double ownDropout = l < layerCount ? layer?.Dropout ?? dropout ?? 0 : 0;
            layers.Add(new(sizes[l - 1], sizes[l], spec, ownDropout));
        }

        UnusedOptions.Warn(context, _network, activations, own, loss);
        return new(
            type,
            isDouble,
            new(sizes),
            sizesAreRight,
            new(layers.ToImmutable()),
            loss.Type.Arity == 2 ? loss with { HuberDelta = huberDelta } : loss,
            null);

        // Without a failure of ours, the compiler has one.
        NetworkSpec Failed() =>
            new(type, isDouble, new(sizes), sizesAreRight, default, null, context.Failure ?? $"{DiagnosticDescriptors.UnusableType.Id}: a type does not compile");
    }

    private static ActivationChoice?[] Distribute(
        int layerCount, ActivationChoice? hidden, ActivationChoice? output, Dictionary<int, LayerChoice> own)
    {
        var activations = new ActivationChoice?[layerCount];
        for (int l = 1; l <= layerCount; l++)
        {
            activations[l - 1] = own.TryGetValue(l, out LayerChoice? layer) && layer.NamesActivation
                ? layer.Activation
                : l < layerCount ? hidden : output;
        }

        return activations;
    }

    private ActivationChoice? ReadActivation(string property, string defaultMember)
    {
        Choice? choice = ChoiceReader.Read(context, _network, property)
            ?? Default(property, defaultMember, _network.Location);
        return choice.Type is { } type ? ActivationReader.Read(context, type, _number, choice.Location) : null;
    }

    private LossSpec? ReadLoss(ActivationChoice? output, int? outputs)
    {
        Choice? choice = ChoiceReader.Read(context, _network, "Loss");
        if (choice is null && output is not null)
        {
            choice = output.DefaultLoss is { } type
                ? new(type, output.Location)
                : Default("Loss", AttributeDefaults.DefaultLoss, output.Location);
        }

        return choice is { Type: { } chosen } ? LossReader.Read(context, chosen, _number, output, outputs, choice.Location) : null;
    }

    private Choice Default(string property, string member, Location location)
    {
        INamedTypeSymbol? type = EnumValues.Implementation(EnumValues.OfProperty(_network.Class, property), member);
        if (type is null or { TypeKind: TypeKind.Error })
        {
            context.Fail(
                DiagnosticDescriptors.UnusableType,
                _network.Location,
                member,
                "default",
                "the referenced CompiledDnn has no type for it: refer to the version that the generator came with");
            return new(null, location);
        }

        return new(type, location);
    }
}
