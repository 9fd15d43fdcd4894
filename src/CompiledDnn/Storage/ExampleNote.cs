using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CompiledDnn;

/// <summary>
/// One example in a file's notes: inputs, and the outputs that the network of the file gives for them. It is a JSON text,
/// <c>{"inputs":[0.24,-0.52],"outputs":[0.731]}</c>, which any program can write and check.
/// </summary>
/// <param name="inputs">Numbers of one example.</param>
/// <param name="outputs">Numbers of its prediction.</param>
internal sealed class ExampleNote(double[] inputs, double[] outputs)
{
    /// <summary>The name of the note.</summary>
    public const string Name = "example";

    // Of the largest output, or of 1: thousands of times what sums in another order, on another processor, make of single precision, and
    // less than another activation makes.
    private const double Tolerance = 1e-3;

    private const string InputsKey = "inputs";
    private const string OutputsKey = "outputs";

    /// <summary>Numbers of one example.</summary>
    public double[] Inputs { get; } = inputs;

    /// <summary>Numbers of its prediction.</summary>
    public double[] Outputs { get; } = outputs;

    /// <summary>
    /// Inputs between −1 and 1, always the same ones: multiples of the golden ratio without their whole part, which fill an interval evenly
    /// whatever their count (Knuth, "The Art of Computer Programming", volume 3, 6.4), to two digits, so that they are short.
    /// </summary>
    /// <param name="count">How many.</param>
    public static double[] MakeInputs(int count)
    {
        const uint GoldenRatio = 2654435769;
        const int Steps = 201;
        var inputs = new double[count];
        for (int i = 0; i < count; i++)
        {
            uint part = unchecked((uint)(i + 1) * GoldenRatio);
            inputs[i] = ((int)((part * (ulong)Steps) >> 32) - (Steps / 2)) / 100.0;
        }

        return inputs;
    }

    /// <summary>The example of a file; null if it has none.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="network">The name of the network that it is for.</param>
    /// <param name="inputs">Inputs of the network.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <exception cref="NetworkFileException">The note is damaged, or for other sizes.</exception>
    public static ExampleNote? Find(SafetensorsHeader header, string network, int inputs, int outputs)
    {
        if (!header.Metadata.TryGetValue(Name, out string? text))
        {
            return null;
        }

        ExampleNote example;
        try
        {
            example = Parse(text);
        }
        catch (FormatException error)
        {
            throw new NetworkFileException(header.File, $"its note '{Name}' cannot be read: {error.Message}.", error);
        }

        return example.Inputs.Length == inputs && example.Outputs.Length == outputs
            ? example
            : throw new NetworkFileException(
                header.File,
                $"its example has {example.Inputs.Length} inputs and {example.Outputs.Length} outputs, but {network} has {inputs} and {outputs}.");
    }

    /// <summary>How the first output that is another than that of the example differs; null if none does.</summary>
    /// <param name="outputs">What the network gives for the inputs.</param>
    /// <param name="network">Its name.</param>
    public string? Difference(double[] outputs, string network)
    {
        double largest = 1;
        foreach (double output in Outputs)
        {
            largest = Math.Max(largest, Math.Abs(output));
        }

        double tolerance = Tolerance * largest;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (!(Math.Abs(outputs[i] - Outputs[i]) <= tolerance))
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"output {i + 1} of {network} is {outputs[i]:G6}, but it was {Outputs[i]:G6} (tolerance {tolerance:G2})");
            }
        }

        return null;
    }

    /// <summary>Reads the note.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is no such note.</exception>
    public static ExampleNote Parse(string text)
    {
        double[]? inputs = null;
        double[]? outputs = null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isInputs = reader.ValueTextEquals(InputsKey);
                Require((isInputs && inputs is null) || (reader.ValueTextEquals(OutputsKey) && outputs is null));
                double[] numbers = Numbers(ref reader);
                (inputs, outputs) = isInputs ? (numbers, outputs) : (inputs, numbers);
            }

            // White space may follow, and the reader throws if anything else does.
            reader.Read();
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }

        Require(inputs is not null && outputs is not null);
        return new(inputs!, outputs!);
    }

    /// <summary>The text of the note.</summary>
    public string ToText() => $"{{\"{InputsKey}\":[{TextOf(Inputs)}],\"{OutputsKey}\":[{TextOf(Outputs)}]}}";

    private static double[] Numbers(ref Utf8JsonReader reader)
    {
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(reader.TokenType == JsonTokenType.Number);
            numbers.Add(reader.GetDouble());
        }

        return [.. numbers];
    }

    private static void Require(bool isRight)
    {
        if (!isRight)
        {
            throw new FormatException($"expected {{\"{InputsKey}\":[numbers],\"{OutputsKey}\":[numbers]}}");
        }
    }

    private static string TextOf(double[] numbers) => string.Join(",", numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
}
