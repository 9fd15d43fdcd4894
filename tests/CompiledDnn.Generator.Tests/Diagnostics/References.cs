using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Tests.Diagnostics;

/// <summary>What a user's project refers to: the framework and the runtime.</summary>
internal static class References
{
    public static IReadOnlyList<MetadataReference> Framework { get; } = [.. Net100.References.All];

    public static IReadOnlyList<MetadataReference> All { get; } =
    [
        .. Framework,
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
    ];
}
