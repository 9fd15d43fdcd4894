using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Reads the sizes of a network: the inputs, then the outputs of every layer.</summary>
internal static class SizeRules
{
    // The longest array of numbers that the runtime can make; offsets into it are Int32.
    private const int Most = 0x7FFFFFC7;
    private const int LineBytes = 64;

    /// <summary>Reads the sizes as they stand in the attribute.</summary>
    /// <returns>False if they cannot be read.</returns>
    public static bool Read(ParseContext context, AttributeReader network, out ImmutableArray<int> sizes)
    {
        sizes = [];
        if (network.ConstructorArgument is not { Kind: TypedConstantKind.Array } argument
            || (!argument.IsNull && !argument.Values.All(value => value.Scalar() is int)))
        {
            context.FailSilently(DiagnosticDescriptors.TooFewSizes, "the sizes do not compile");
            return false;
        }

        if (argument.IsNull)
        {
            context.Fail(DiagnosticDescriptors.TooFewSizes, network.ConstructorArgumentLocation, "null is");
            return false;
        }

        sizes = [.. argument.Values.Select(value => (int)value.Value!)];
        return true;
    }

    /// <summary>Reports what is wrong with sizes that could be read.</summary>
    /// <returns>True if they are right.</returns>
    public static bool Check(ParseContext context, AttributeReader network, ImmutableArray<int> sizes, bool isDouble)
    {
        bool right = true;
        if (sizes.Length < 2)
        {
            context.Fail(DiagnosticDescriptors.TooFewSizes, network.ConstructorArgumentLocation, sizes.IsEmpty ? "none is" : "only one is");
            right = false;
        }

        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] <= 0)
            {
                string what = i == 0 ? "inputs" : $"outputs of layer {Text(i)}";
                context.Fail(DiagnosticDescriptors.SizeNotPositive, network.ElementLocation(i, sizes.Length), what, sizes[i]);
                right = false;
            }
        }

        return right && CheckLargest(context, network, sizes, isDouble ? sizeof(double) : sizeof(float));
    }

    // The plan is free to lay weights out by inputs or by outputs, each row rounded up to whole cache lines and one line longer, so
    // the larger of the two must fit. A sum stops at the first layer that is too much: it cannot overflow a long.
    private static bool CheckLargest(ParseContext context, AttributeReader network, ImmutableArray<int> sizes, int numberBytes)
    {
        long block = 0;
        long rowBytes = 2 * PaddedBytes(sizes[0]);
        for (int layer = 1; layer < sizes.Length; layer++)
        {
            long inputs = sizes[layer - 1];
            long outputs = sizes[layer];
            long rowsPerOutput = (Padded(inputs) + Line()) * outputs;
            long rowsPerInput = (Padded(outputs) + Line()) * inputs;
            block += (rowsPerOutput > rowsPerInput ? rowsPerOutput : rowsPerInput) + Padded(outputs);
            rowBytes += 3 * PaddedBytes(outputs);
            if (block > Most)
            {
                return Refuse(layer, "parameters with padding", block);
            }

            if (rowBytes > Most)
            {
                return Refuse(layer, "bytes of memory for one example", rowBytes);
            }
        }

        return true;

        long Line() => LineBytes / numberBytes;
        long PaddedBytes(long count) => ((count * numberBytes) + LineBytes - 1) / LineBytes * LineBytes;
        long Padded(long count) => PaddedBytes(count) / numberBytes;

        bool Refuse(int layer, string what, long amount)
        {
            context.Fail(DiagnosticDescriptors.TooLarge, network.ConstructorArgumentLocation, Text(Most), what, layer, Text(amount));
            return false;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
