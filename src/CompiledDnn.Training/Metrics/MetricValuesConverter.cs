using System.Text.Json;
using System.Text.Json.Serialization;

namespace CompiledDnn;

/// <summary>Metrics as a JSON object; what is infinite or not a number as a string of that name.</summary>
internal sealed class MetricValuesConverter : JsonConverter<MetricValues>
{
    /// <inheritdoc/>
    public override MetricValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Metrics are an object of names and numbers.");
        }

        var values = new List<KeyValuePair<string, double>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (values.Exists(value => value.Key == name))
            {
                throw new JsonException($"The metric '{name}' is there twice.");
            }

            reader.Read();
            values.Add(new(name, Number(ref reader, name)));
        }

        return values.Count == 0 ? MetricValues.Empty : new MetricValues([.. values]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MetricValues value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, double number) in value)
        {
            if (double.IsFinite(number))
            {
                writer.WriteNumber(name, number);
            }
            else
            {
                writer.WriteString(name, double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
            }
        }

        writer.WriteEndObject();
    }

    private static double Number(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.ValueTextEquals("NaN") => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity") => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity") => double.NegativeInfinity,
        _ => throw new JsonException($"The metric '{name}' is not a number."),
    };
}
