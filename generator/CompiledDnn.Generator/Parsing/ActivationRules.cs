using System.Collections.Generic;
using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Which layers can have an activation over all outputs.</summary>
internal static class ActivationRules
{
    /// <param name="context">The class being parsed.</param>
    /// <param name="activations">Those of the layers; null where one is wrong.</param>
    /// <param name="outputs">n[L].</param>
    public static void Check(ParseContext context, ActivationChoice?[] activations, int outputs)
    {
        int layerCount = activations.Length;
        var reported = new HashSet<Location>();
        for (int l = 1; l < layerCount; l++)
        {
            // An activation named once for several layers is reported once.
            if (activations[l - 1] is { Spec.IsRow: true } hidden && reported.Add(hidden.Location))
            {
                context.Fail(DiagnosticDescriptors.RowActivationHidden, hidden.Location, hidden.Spec.Name, l, layerCount);
            }
        }

        if (outputs == 1 && activations[layerCount - 1] is { Spec.IsRow: true } output)
        {
            context.Fail(DiagnosticDescriptors.RowActivationOneOutput, output.Location, output.Spec.Name);
        }
    }
}
