namespace CompiledDnn.Generator.Model;

/// <summary>What the build task wrote down of a file of weights that becomes part of the program.</summary>
/// <param name="Network">The class that it is for: its name, or the end of its full name.</param>
/// <param name="File">The file's name for messages.</param>
/// <param name="Resource">The name that the file has in the program.</param>
/// <param name="Tensors">The file's tensors; empty with a <paramref name="Problem"/>.</param>
/// <param name="Problem">Why the file could not be read, or null.</param>
internal sealed record WeightsManifest(string Network, string File, string Resource, EquatableArray<WeightsTensor> Tensors, string? Problem);

/// <summary>A tensor of a file of weights.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers, as the format names it.</param>
/// <param name="Shape">Its lengths in brackets, such as [16, 30].</param>
internal sealed record WeightsTensor(string Name, string Type, string Shape);
