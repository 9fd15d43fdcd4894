using System;
using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Model;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Warns of options that nothing reads. Only a type with a second type parameter, the options, can read them.</summary>
internal static class UnusedOptions
{
    public static void Warn(
        ParseContext context,
        AttributeReader network,
        ActivationChoice?[] activations,
        Dictionary<int, LayerChoice> own,
        LossSpec loss)
    {
        WarnOfActivation(context, network, activations, own, OptionReader.NegativeSlope, layer => layer.NegativeSlope);
        WarnOfActivation(context, network, activations, own, OptionReader.Alpha, layer => layer.Alpha);
        if (network.Number(OptionReader.Dropout) > 0
            && !Enumerable.Range(1, activations.Length - 1).Any(l => !own.TryGetValue(l, out LayerChoice? layer) || layer.Dropout is null))
        {
            Warn(context, network, OptionReader.Dropout, "no hidden layer takes it from the network", "place");
        }

        if (network.Number(OptionReader.HuberDelta) is not null && loss.Type.Arity != 2)
        {
            Warn(context, network, OptionReader.HuberDelta, $"the loss '{loss.Name}' takes no options", "loss");
        }
    }

    private static void WarnOfActivation(
        ParseContext context,
        AttributeReader network,
        ActivationChoice?[] activations,
        Dictionary<int, LayerChoice> own,
        string option,
        Func<LayerChoice, double?> ownValue)
    {
        if (network.Number(option) is not null && !Enumerable.Range(1, activations.Length).Any(l => TakesOptions(l) && !HasOwn(l)))
        {
            Warn(context, network, option, "no layer takes it from the network", "activation");
        }

        foreach (var pair in own.OrderBy(pair => pair.Key))
        {
            if (ownValue(pair.Value) is not null && !TakesOptions(pair.Key))
            {
                Warn(context, pair.Value.Attribute, option, $"the activation of layer {pair.Key} takes no options", "activation");
            }
        }

        bool HasOwn(int layer) => own.TryGetValue(layer, out LayerChoice? choice) && ownValue(choice) is not null;
        bool TakesOptions(int layer) => activations[layer - 1] is { TakesOptions: true };
    }

    private static void Warn(ParseContext context, AttributeReader attribute, string option, string reason, string kind) =>
        context.Warn(DiagnosticDescriptors.OptionUnused, attribute.ValueLocation(option), option, reason, kind);
}
