using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>Everything that an object holds on to.</summary>
internal static class ObjectGraph
{
    /// <summary>The object and all that can be reached from it, by fields of any visibility and by the items of arrays.</summary>
    /// <remarks>It does not go on into what the compiler owns: one such object is enough to know.</remarks>
    public static IReadOnlyCollection<object> Of(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<object?>([root]);
        while (pending.TryPop(out object? next))
        {
            if (next is null || !seen.Add(next) || next is string || next.GetType().IsPrimitive || IsRoslyns(next))
            {
                continue;
            }

            if (next is Array items)
            {
                foreach (object? item in items)
                {
                    pending.Push(item);
                }
            }

            foreach (FieldInfo field in Fields(next.GetType()))
            {
                pending.Push(field.GetValue(next));
            }
        }

        return seen;
    }

    /// <summary>True for what keeps a compilation alive, or differs after every key stroke.</summary>
    public static bool IsRoslyns(object value) =>
        value is Compilation or ISymbol or SyntaxNode or SyntaxTree or Location or AttributeData or SemanticModel
            or SyntaxReference or Diagnostic or TypedConstant or SyntaxToken or SyntaxTrivia or ISourceGenerator or Delegate;

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            foreach (FieldInfo field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer)
                {
                    yield return field;
                }
            }
        }
    }
}
