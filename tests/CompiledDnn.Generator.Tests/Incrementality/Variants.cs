using System.Collections;
using System.Reflection;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis.Text;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>Copies of a record that differ from it in one value each, down to the records in its arrays.</summary>
internal static class Variants
{
    /// <summary>One copy for every property, of the record itself and of every record in it.</summary>
    public static IEnumerable<(string Path, object Changed)> OfRecord(object record)
    {
        foreach (PropertyInfo property in record.GetType().GetProperties().Where(property => property.CanWrite))
        {
            foreach ((string path, object? changed) in Of(property.GetValue(record), property.PropertyType))
            {
                object copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
                property.SetValue(copy, changed);
                yield return ($"{record.GetType().Name}.{property.Name}{path}", copy);
            }
        }
    }

    private static IEnumerable<(string Path, object? Changed)> Of(object? value, Type type) => value switch
    {
        bool flag => [("", !flag)],
        int number => [("", number + 1)],
        double number when type == typeof(double) => [("", number + 1)],
        double number => [("", number + 1), (" without", null)],
        string text => [("", text + "x"), (" in case", text.ToUpperInvariant() == text ? text.ToLowerInvariant() : text.ToUpperInvariant())],
        TextSpan span => [("", new TextSpan(span.Start + 1, span.Length)), (" longer", new TextSpan(span.Start, span.Length + 1))],
        LinePositionSpan span => [("", new LinePositionSpan(span.Start, new(span.End.Line + 1, 0)))],
        null when type == typeof(string) => [("", "x")],
        null when type == typeof(double?) => [("", 0.0)],
        null => throw new InvalidOperationException($"The model must have a value of {type}."),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) => OfArray((IEnumerable)value, type),
        _ => OfRecord(value).Select(variant => (" > " + variant.Path, (object?)variant.Changed)),
    };

    private static IEnumerable<(string Path, object? Changed)> OfArray(IEnumerable array, Type type)
    {
        Type itemType = type.GenericTypeArguments[0];
        object?[] items = [.. array.Cast<object?>()];
        yield return ("[] empty", Activator.CreateInstance(type));
        yield return ("[] longer", Create([.. items, items[^1]]));
        for (int i = 0; i < items.Length; i++)
        {
            foreach ((string path, object? changed) in Of(items[i], itemType))
            {
                yield return ($"[{i}]{path}", Create([.. items[..i], changed, .. items[(i + 1)..]]));
            }
        }

        object Create(object?[] changed)
        {
            var typed = Array.CreateInstance(itemType, changed.Length);
            changed.CopyTo(typed, 0);
            return Activator.CreateInstance(type, typed)!;
        }
    }
}
