using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CompiledDnn;

/// <summary>Writes a checkpoint file, whole or not at all.</summary>
internal static class CheckpointWriter
{
    /// <summary>Writes the file; what was there under its name stays if this fails.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="blocks">The blocks to save.</param>
    /// <param name="numbers">Numbers to save beside them.</param>
    /// <param name="notes">What goes beside them.</param>
    public static void Write<T>(string path, NetworkShape shape, IReadOnlyList<CheckpointBlock<T>> blocks, IReadOnlyList<CheckpointNumbers> numbers, CheckpointNotes notes)
        where T : unmanaged
    {
        SafetensorsDType type = SafetensorsDType.Of<T>();
        IEnumerable<SafetensorsEntry> entries = blocks.SelectMany(block => NetworkTensor.Of(shape).Select(tensor => new SafetensorsEntry(
            block.Prefix + tensor.Name,
            type,
            tensor.Shape,
            (offset, destination) => tensor.CopyTo<T>(block.Numbers(), offset / Unsafe.SizeOf<T>(), destination))));
        entries = entries.Concat(numbers.Select(Entry));
        string text = JsonSerializer.Serialize(notes, CheckpointJson.Default.CheckpointNotes);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, entries, [.. NetworkNotes.Of(shape), (CheckpointNotes.Key, text)]));
    }

    private static SafetensorsEntry Entry(CheckpointNumbers numbers)
    {
        double[] values = numbers.Read();
        return new SafetensorsEntry(numbers.Name, SafetensorsDType.F64, [values.Length], (offset, destination) =>
        {
            for (int i = 0; i < destination.Length / sizeof(double); i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(destination[(i * sizeof(double))..], values[(int)(offset / sizeof(double)) + i]);
            }
        });
    }
}
