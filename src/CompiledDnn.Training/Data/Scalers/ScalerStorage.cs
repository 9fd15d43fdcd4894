using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace CompiledDnn;

/// <summary>
/// Saves a scaler in the file of the network that takes its inputs. It is a note of the safetensors file, a JSON text under the name
/// <c>scaler</c>, so the file is read as ever by programs that do not know of it.
/// </summary>
public static class ScalerStorage
{
    private const string NoteName = "scaler";

    // Where the header begins, which holds the notes.
    private const int SafetensorsPrefix = 8;

    /// <summary>Saves a network together with the scaler of its inputs. The file is written whole or not at all.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network; not to be trained meanwhile.</param>
    /// <param name="path">The file; replaced if it exists. The network's own Load reads it.</param>
    /// <param name="scaler">The scaler; <see cref="Scaler{T}.Load"/> reads it back.</param>
    /// <exception cref="ArgumentException">The scaler is for another InputSize.</exception>
    /// <exception cref="InvalidOperationException">The scaler was not fitted.</exception>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    public static void Save<T>(this INetwork<T> network, string path, Scaler<T> scaler)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(scaler);
        if (scaler.InputSize != network.Shape.InputSize)
        {
            throw new ArgumentException(
                $"{KindOf(scaler)}: it was fitted to examples of {scaler.InputSize} inputs, but {network.Shape.Name} has {network.Shape.InputSize}.", nameof(scaler));
        }

        network.Save(path, new SaveOptions { Notes = new Dictionary<string, string> { [NoteName] = TextOf(scaler) } });
    }

    /// <summary>The numbers of the scaler in a file.</summary>
    /// <param name="scaler">A scaler of the kind that was saved.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">The file is damaged, has no scaler or one of another kind.</exception>
    internal static (double[] Center, double[] Scale) Read<T>(Scaler<T> scaler, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!NetworkStorage.ReadNotes(path).TryGetValue(NoteName, out string? text))
        {
            throw Bad(path, "the file has no scaler; save it with network.Save(path, scaler).");
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            string? kind = root.GetProperty("kind").GetString();
            if (kind != KindOf(scaler))
            {
                throw Bad(path, $"the file has a {kind}, not a {KindOf(scaler)}.");
            }

            double[] center = Numbers(root.GetProperty("center"));
            double[] scale = Numbers(root.GetProperty("scale"));
            return center.Length == scale.Length && center.Length > 0
                ? (center, scale)
                : throw Bad(path, $"its scaler has {center.Length} centers and {scale.Length} scales.");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Bad(path, $"its scaler cannot be read: {error.Message}", error);
        }
    }

    /// <summary>A file whose scaler is of no use.</summary>
    internal static NetworkFileException Bad(string path, string reason, Exception? error = null) => new(path, SafetensorsPrefix, reason, error);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(static number => number.GetDouble())];

    private static string KindOf<T>(Scaler<T> scaler)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => scaler.GetType().Name.Split('`')[0];

    private static string TextOf<T>(Scaler<T> scaler)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("kind", KindOf(scaler));
            Write(json, "center", scaler.Center);
            Write(json, "scale", scaler.Scale);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
