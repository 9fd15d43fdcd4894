namespace CompiledDnn.Generator.Model;

/// <summary>A file of weights for a class that is no network, or not a single one.</summary>
/// <param name="Network">The name that was given.</param>
/// <param name="File">The file.</param>
/// <param name="Expected">What could have been given.</param>
internal sealed record UnknownNetwork(string Network, string File, string Expected);
