namespace CompiledDnn;

/// <summary>The notes that every file of a network has: texts by their names, in this order.</summary>
internal static class NetworkNotes
{
    /// <summary>The name of the note that lists the activations, for people.</summary>
    public const string Activations = "activations";

    /// <summary>The name of the note of a checkpoint that says where training is.</summary>
    public const string Training = "training";

    // What PyTorch's own files say; other tools go by it.
    private const string Format = "format";
    private const string Network = "network";

    /// <summary>The notes of a network.</summary>
    public static (string Name, string Text)[] Of(NetworkShape shape) => Of(shape.ToString(), ActivationsOf(shape));

    /// <summary>The notes of a network.</summary>
    /// <param name="network">Its name and sizes.</param>
    /// <param name="activations">The names of its activations.</param>
    public static (string Name, string Text)[] Of(string network, string activations) =>
        [(Format, "pt"), (Network, network), (Activations, activations)];

    /// <summary>The names of the layers' activations, the first layer's first.</summary>
    public static string ActivationsOf(NetworkShape shape) => string.Join(", ", Array.ConvertAll(shape.Layers.ToArray(), static layer => layer.Activation));

    /// <summary>True for the name of a note that is the file's own.</summary>
    public static bool IsOwn(string name) => name is Format or Network or Activations or ExampleNote.Name;

    /// <summary>Refuses names that are the file's own.</summary>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public static void CheckNames(IReadOnlyDictionary<string, string> notes)
    {
        foreach (string name in notes.Keys)
        {
            if (IsOwn(name))
            {
                throw new ArgumentException($"The note '{name}' is the file's own; give yours another name.", nameof(notes));
            }
        }
    }
}
