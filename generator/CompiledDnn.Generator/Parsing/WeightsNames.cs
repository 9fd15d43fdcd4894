using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Which network a file of weights is for.</summary>
internal static class WeightsNames
{
    /// <summary>The members that a network with weights gets.</summary>
    public static readonly ImmutableArray<string> Members = ["Pretrained", "CreatePretrained", "_pretrained"];

    /// <summary>A class's full name, such as Samples.DigitClassifier.</summary>
    public static string Full(INamedTypeSymbol type) => Full(CodeNames.Describe(type));

    /// <summary>A class's full name, such as Samples.DigitClassifier.</summary>
    public static string Full(TypeSpec type) => string.Join(
        ".", new[] { type.Namespace }.Where(name => name.Length > 0).Concat(type.Outer.Select(outer => outer.Name)).Append(type.Name)).Replace("@", "");

    /// <summary>True if a full name is the given one, or ends with it.</summary>
    public static bool Matches(string full, string given) =>
        full == given || full.EndsWith("." + given, StringComparison.Ordinal);

    /// <summary>The first of the members whose name the user's class or a base class has already, or null.</summary>
    public static string? Taken(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            // What an editor shows may have the generated members in it already.
            string? taken = Members.FirstOrDefault(name => part.GetMembers(name).Any(IsTheUsers));
            if (taken is not null)
            {
                return taken;
            }
        }

        return Members.Contains(type.Name) ? type.Name : null;
    }

    private static bool IsTheUsers(ISymbol member) =>
        GeneratedTrees.WrittenLocation(member) is not null || member.Locations.Any(location => location.IsInMetadata);

    /// <summary>The files for which there is no network, or more than one.</summary>
    /// <param name="manifests">All files.</param>
    /// <param name="networks">The full names of all network classes, also of those that cannot be extended.</param>
    public static IEnumerable<UnknownNetwork> Unknown(IEnumerable<WeightsManifest> manifests, ImmutableArray<string> networks)
    {
        string[] names = [.. networks.OrderBy(name => name, StringComparer.Ordinal)];
        foreach (WeightsManifest manifest in manifests)
        {
            string[] meant = [.. names.Where(name => Matches(name, manifest.Network))];
            if (meant.Length != 1)
            {
                string[] choices = meant.Length > 0 ? meant : names;
                yield return new(
                    manifest.Network,
                    manifest.File,
                    choices.Length == 0 ? "a class with [Network], but there is none" : "one of " + string.Join(", ", choices));
            }
        }
    }
}
