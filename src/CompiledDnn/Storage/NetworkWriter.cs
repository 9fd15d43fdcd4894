namespace CompiledDnn;

/// <summary>Writes a network's parameters as a safetensors file.</summary>
internal static class NetworkWriter
{
    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="options">The type of the numbers, and notes.</param>
    /// <param name="example">An example to write into the notes, or null.</param>
    public static void WriteFile<T>(ParameterBlock<T> parameters, string path, SaveOptions options, ExampleNote? example)
        where T : unmanaged
    {
        NetworkNotes.CheckNames(options.Notes);
        AtomicFile.Write(path, stream => Write(parameters, stream, options, example));
    }

    /// <summary>Writes into a stream, from its position on.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="stream">The stream; neither flushed nor closed.</param>
    /// <param name="options">The type of the numbers, and notes.</param>
    /// <param name="example">An example to write into the notes, or null.</param>
    public static void Write<T>(ParameterBlock<T> parameters, Stream stream, SaveOptions options, ExampleNote? example)
        where T : unmanaged
    {
        NetworkNotes.CheckNames(options.Notes);
        List<(string Name, string Text)> notes = [.. NetworkNotes.Of(parameters.Shape)];
        if (example is not null)
        {
            notes.Add((ExampleNote.Name, example.ToText()));
        }

        notes.AddRange(options.Notes.Select(static note => (note.Key, note.Value)));

        SafetensorsDType type = options.Type is { } other ? SafetensorsDType.Of(other) : SafetensorsDType.Of<T>();
        IEnumerable<SafetensorsEntry> entries = NetworkTensor.Of(parameters.Shape).Select(tensor => new SafetensorsEntry(
            tensor.Name,
            type,
            tensor.Shape,
            (offset, destination) => tensor.CopyTo<T>(parameters.Span, offset / (type.Bits / 8), destination, options.Type)));
        SafetensorsWriter.Write(stream, entries, [.. notes]);
    }
}
