namespace CompiledDnn;

/// <summary>How a network is saved.</summary>
public sealed record SaveOptions
{
    /// <summary>
    /// The type that numbers are written as, rounded to nearest; null for that of the network. The network itself keeps its own.
    /// Default: null.
    /// </summary>
    public NumberType? Type { get; init; }

    /// <summary>
    /// True to write one example, inputs and the outputs that belong to them, into the file's notes: <c>Load</c> then notices a network
    /// with other activations. A block of parameters by itself has no outputs, so nothing is written for one. Default: true.
    /// </summary>
    public bool Example { get; init; } = true;

    /// <summary>
    /// Notes of your own by their names, such as how inputs are to be scaled; the names <c>format</c>, <c>network</c>, <c>activations</c> and
    /// <c>example</c> are the file's. Readers that do not know of a note leave it alone, and <see cref="NetworkStorage.ReadNotes"/> reads them
    /// back. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
