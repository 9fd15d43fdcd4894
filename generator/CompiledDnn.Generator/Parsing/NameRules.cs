using System;
using System.Collections.Generic;
using System.Linq;
using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Emission;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Which names the class must leave to the generated members.</summary>
internal static class NameRules
{
    private const string Rename = "rename it";

    public static void Check(ParseContext context, int layerCount)
    {
        HashSet<string> emitted = EmittedNames.For(layerCount);
        CheckTypes(context, emitted);
        CheckMembers(context, emitted);
        CheckInherited(context, emitted);
    }

    private static void CheckTypes(ParseContext context, HashSet<string> emitted)
    {
        foreach (INamedTypeSymbol type in TypeRules.Chain(context.Type).Where(type => emitted.Contains(type.Name)))
        {
            bool isItself = SymbolEqualityComparer.Default.Equals(type, context.Type);
            string which = isItself ? "the class itself has it" : "a type around the class has it";
            context.Refuse(DiagnosticDescriptors.NameTaken, context.ClassLocation, type.Name, which, Rename);
        }
    }

    private static void CheckMembers(ParseContext context, HashSet<string> emitted)
    {
        foreach (ISymbol member in context.Type.GetMembers())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (TakenName(member, emitted) is { } name && GeneratedTrees.WrittenLocation(member) is { } location)
            {
                context.Refuse(DiagnosticDescriptors.NameTaken, location, name, "the class has a member of that name already", Rename);
            }
        }
    }

    private static void CheckInherited(ParseContext context, HashSet<string> emitted)
    {
        var seen = new HashSet<string>();
        for (INamedTypeSymbol? type = context.Type.BaseType; type is not null; type = type.BaseType)
        {
            context.CancellationToken.ThrowIfCancellationRequested();

            // The members of a network in this compilation are not there yet when the generator asks, but will be.
            if (type.FindAttribute(KnownTypes.NetworkAttribute) is not null)
            {
                context.Refuse(
                    DiagnosticDescriptors.NameTaken,
                    context.ClassLocation,
                    "Forward",
                    $"the base class '{type.Name}' is a network and has it, as all the others",
                    "hold that network in a field instead of deriving from it");
                return;
            }

            foreach (ISymbol member in type.GetMembers())
            {
                if (TakenName(member, emitted) is { } name
                    && context.Compilation.IsSymbolAccessibleWithin(member, context.Type)
                    && seen.Add(name))
                {
                    context.Refuse(
                        DiagnosticDescriptors.NameTaken,
                        context.ClassLocation,
                        name,
                        $"the base class '{type.Name}' has a member of that name, which it would hide",
                        "rename that one or choose another base class");
                }
            }
        }
    }

    // An ordinary method get_W1 has the name of the getter of a property W1.
    private static string? TakenName(ISymbol member, HashSet<string> emitted)
    {
        if (member.IsImplicitlyDeclared || member is IMethodSymbol { AssociatedSymbol: not null })
        {
            return null;
        }

        string name = member is IMethodSymbol && member.Name.StartsWith("get_", StringComparison.Ordinal)
            ? member.Name.Substring("get_".Length)
            : member.Name;
        return emitted.Contains(name) ? name : null;
    }
}
