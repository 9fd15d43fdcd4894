using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledDnn.Generator.Parsing;

/// <summary>
/// Tells what a user wrote from what this generator wrote: an analyzer sees both, and must not take emitted members for taken names.
/// </summary>
internal static class GeneratedTrees
{
    // The compiler puts generated files into a folder named after the generator's class.
    private const string Folder = "CompiledDnn.Generator.NetworkGenerator";

    /// <summary>True if this generator wrote the file.</summary>
    public static bool IsOurs(SyntaxTree tree) =>
        tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)
        && tree.FilePath.Split('/', '\\').Contains(Folder);

    /// <summary>The parts of a type that a user wrote.</summary>
    public static IEnumerable<TypeDeclarationSyntax> WrittenDeclarations(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences
            .Where(reference => !IsOurs(reference.SyntaxTree))
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<TypeDeclarationSyntax>();

    /// <summary>Where a user declared a symbol, or null if this generator did.</summary>
    public static Location? WrittenLocation(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !IsOurs(tree));
}
