using System.Numerics;

namespace CompiledDnn;

/// <summary>Texts as classes: each different text has a label, counted from 0 in the order of the texts.</summary>
public sealed class Categories
{
    private readonly string[] _names;
    private readonly Dictionary<string, int> _labels;

    private Categories(string[] names)
    {
        _names = names;
        _labels = names.Index().ToDictionary(static entry => entry.Item, static entry => entry.Index, StringComparer.Ordinal);
    }

    /// <summary>The different texts, sorted by their characters' codes. A label is a place in this list.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of classes.</summary>
    public int Count => _names.Length;

    /// <summary>Finds the different texts, and sorts them.</summary>
    /// <param name="values">Texts, of which any may come more than once.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Categories Of(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] names = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return names.Length > 0 ? new Categories(names) : throw new ArgumentException("Categories.Of: there are no texts.", nameof(values));
    }

    /// <summary>The label of a text.</summary>
    /// <param name="name">The text.</param>
    /// <exception cref="ArgumentException">The text is none of the categories.</exception>
    public int LabelOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _labels.TryGetValue(name, out int label)
            ? label
            : throw new ArgumentException(
                $"Categories: '{name}' is none of the {Count} categories {string.Join(", ", _names.Take(8))}{(Count > 8 ? " ..." : "")}.", nameof(name));
    }

    /// <summary>The labels of texts.</summary>
    /// <param name="values">The texts.</param>
    /// <exception cref="ArgumentException">A text is none of the categories.</exception>
    public int[] LabelsOf(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. values.Select(LabelOf)];
    }

    /// <summary>Encodes texts as rows of zeros with a single 1.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">The texts.</param>
    /// <returns>A row of Count numbers for each text.</returns>
    /// <exception cref="ArgumentException">A text is none of the categories.</exception>
    public T[] OneHot<T>(IEnumerable<string> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => CompiledDnn.OneHot.Encode<T>(LabelsOf(values), Count);
}
