using System.Buffers.Binary;

namespace CompiledDnn.Tool.Models;

/// <summary>Writes the weights of a network as the safetensors file that its class loads.</summary>
internal static class WeightsFile
{
    /// <summary>Writes the file, with the notes that a network's own <c>Save</c> writes.</summary>
    /// <param name="model">The network.</param>
    /// <param name="name">The class.</param>
    /// <param name="stream">Where it goes.</param>
    public static void Write(DenseModel model, string name, Stream stream)
    {
        SafetensorsDType type = model.IsDouble ? SafetensorsDType.F64 : SafetensorsDType.F32;
        SafetensorsEntry[] entries = [.. model.Layers.SelectMany((layer, at) => new[]
        {
            new SafetensorsEntry($"{2 * at}.weight", type, [layer.Outputs, layer.Inputs], Source(layer.W, model.IsDouble)),
            new SafetensorsEntry($"{2 * at}.bias", type, [layer.Outputs], Source(layer.B, model.IsDouble)),
        })];
        List<(string, string)> notes = [.. NetworkNotes.Of($"{name} {model.SizesText}", model.ActivationsText)];
        if (DenseExample.Of(model) is { } example)
        {
            notes.Add((ExampleNote.Name, example.ToText()));
        }

        notes.AddRange(model.Notes.Select(static note => (note.Key, note.Value)));
        SafetensorsWriter.Write(stream, entries, [.. notes]);
    }

    private static SafetensorsSource Source(double[] numbers, bool isDouble) => (offset, destination) =>
    {
        int size = isDouble ? sizeof(double) : sizeof(float);
        for (int at = 0; at < destination.Length; at += size)
        {
            double number = numbers[(offset + at) / size];
            if (isDouble)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(destination[at..], number);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(destination[at..], (float)number);
            }
        }
    };
}
