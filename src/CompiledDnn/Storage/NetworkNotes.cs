namespace CompiledDnn;

/// <summary>The notes that every file of a network has: texts by their names, in this order.</summary>
internal static class NetworkNotes
{
    /// <summary>The name of the note that lists the activations, for people.</summary>
    public const string Activations = "activations";

    // What PyTorch's own files say; other tools go by it.
    private const string Format = "format";
    private const string Network = "network";

    /// <summary>The notes of a network.</summary>
    public static (string Name, string Text)[] Of(NetworkShape shape) =>
        [(Format, "pt"), (Network, shape.ToString()), (Activations, ActivationsOf(shape))];

    /// <summary>The names of the layers' activations, the first layer's first.</summary>
    public static string ActivationsOf(NetworkShape shape) => string.Join(", ", Array.ConvertAll(shape.Layers.ToArray(), static layer => layer.Activation));

    /// <summary>Refuses names that are the file's own.</summary>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public static void CheckNames(IReadOnlyDictionary<string, string> notes)
    {
        foreach (string name in (ReadOnlySpan<string>)[Format, Network, Activations, ExampleNote.Name])
        {
            if (notes.ContainsKey(name))
            {
                throw new ArgumentException($"The note '{name}' is the file's own; give yours another name.", nameof(notes));
            }
        }
    }
}
