using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Reads the traits of a loss off its interfaces and its attribute, and checks that it fits the output.</summary>
internal static class LossReader
{
    /// <summary>The loss without its options, or null after a report.</summary>
    /// <param name="context">The class being parsed.</param>
    /// <param name="requested">The type that implements it.</param>
    /// <param name="number">float or double.</param>
    /// <param name="output">The output activation.</param>
    /// <param name="outputs">How many outputs the network has; null if that is wrong and reported already.</param>
    /// <param name="location">Where the loss is named.</param>
    public static LossSpec? Read(
        ParseContext context, ITypeSymbol requested, ITypeSymbol number, ActivationChoice? output, int? outputs, Location location)
    {
        if (ImplementationReader.Read(context, requested, number, KnownTypes.LossOptions, out string problem) is not { } implementation)
        {
            return Unusable(context, requested, problem, location);
        }

        INamedTypeSymbol type = implementation.Type;
        bool isElementwise = type.Implements(KnownTypes.ElementwiseLoss, number);
        bool isRow = type.Implements(KnownTypes.RowLoss, number);
        string t = number.ToDisplayString();
        if (isElementwise == isRow)
        {
            return Unusable(
                context,
                requested,
                isRow
                    ? $"it implements both IElementwiseLoss<{t}> and IRowLoss<{t}>: keep one of them"
                    : $"it implements neither IElementwiseLoss<{t}> nor IRowLoss<{t}>: implement one of them",
                location);
        }

        AttributeData? traits = type.OriginalDefinition.FindAttribute(KnownTypes.LossTraitsAttribute);
        int requires = Value(traits, "Requires") ?? OutputRanges.Any;
        int outputsPerTarget = Value(traits, "OutputsPerTarget") ?? AttributeDefaults.OutputsPerTarget;
        if (outputsPerTarget < 1 || (isElementwise && outputsPerTarget != 1))
        {
            return Unusable(
                context,
                requested,
                $"its LossTraits say OutputsPerTarget = {outputsPerTarget}: " + (isElementwise
                    ? "the target of an IElementwiseLoss is as wide as the output, so leave it out"
                    : "give a positive number"),
                location);
        }

        if (output is null)
        {
            return null;
        }

        bool isFused = HasForm(type, isRow ? KnownTypes.FusedRowLoss : KnownTypes.FusedLoss, number, output);
        bool takesLabels = HasForm(type, KnownTypes.LabelLoss, number, output);
        if (takesLabels && !(isRow && isFused))
        {
            return Unusable(
                context,
                requested,
                $"it implements ILabelLoss but not IRowLoss and IFusedRowLoss for '{output.Spec.Name}': implement those too",
                location);
        }

        var loss = new LossSpec(
            type.Name, implementation.Spec, isRow, isFused, takesLabels, outputsPerTarget, OutputRanges.Task(requires), HuberDelta: null);
        return Fits(context, loss, requires, output, outputs, location) ? loss : null;
    }

    private static bool Fits(ParseContext context, LossSpec loss, int requires, ActivationChoice output, int? outputs, Location location)
    {
        if (requires > output.Range)
        {
            context.Fail(
                DiagnosticDescriptors.LossDoesNotFit,
                location,
                loss.Name,
                $"outputs that are {OutputRanges.Describe(requires)}",
                $"'{output.Spec.Name}' gives {OutputRanges.Describe(output.Range)}",
                "choose another loss or output activation");
            return false;
        }

        if (outputs % loss.OutputsPerTarget is not (null or 0))
        {
            context.Fail(
                DiagnosticDescriptors.LossDoesNotFit,
                location,
                loss.Name,
                $"{loss.OutputsPerTarget} outputs for each target",
                $"the network has {outputs}",
                $"give the last layer a multiple of {loss.OutputsPerTarget} outputs or choose another loss");
            return false;
        }

        return true;
    }

    // The form for an activation that takes options holds for any options, so only its definition counts.
    private static bool HasForm(INamedTypeSymbol loss, string form, ITypeSymbol number, ActivationChoice output) =>
        loss.Implemented(form, number).Any(implemented =>
            implemented.TypeArguments.Length == 2
            && implemented.TypeArguments[1] is INamedTypeSymbol activation
            && (output.TakesOptions
                ? SymbolEqualityComparer.Default.Equals(activation.OriginalDefinition, output.Type.OriginalDefinition)
                    && SymbolEqualityComparer.Default.Equals(activation.TypeArguments[0], number)
                : SymbolEqualityComparer.Default.Equals(activation, output.Type)));

    private static int? Value(AttributeData? traits, string property) =>
        traits?.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value is { Kind: not TypedConstantKind.Error } constant
            ? constant.Scalar() as int?
            : null;

    private static LossSpec? Unusable(ParseContext context, ITypeSymbol type, string problem, Location location)
    {
        context.Fail(DiagnosticDescriptors.UnusableType, location, type.Name, "loss", problem);
        return null;
    }
}
