using System.Collections;
using System.Reflection;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>Everything that can be reached from an object through fields and elements.</summary>
internal static class ObjectGraph
{
    /// <summary>The objects, each once.</summary>
    public static IReadOnlyCollection<object> Reach(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object?>([root]);
        while (waiting.TryPop(out object? node))
        {
            if (node is null || node is string || node is Pointer || node.GetType().IsPrimitive || node.GetType().IsEnum || !seen.Add(node))
            {
                continue;
            }

            IEnumerable<object?> next = node is IEnumerable elements && node.GetType().IsArray
                ? elements.Cast<object?>()
                : Fields(node.GetType()).Select(field => field.GetValue(node));
            foreach (object? child in next)
            {
                waiting.Push(child);
            }
        }

        return seen;
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
