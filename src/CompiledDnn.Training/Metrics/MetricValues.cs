using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace CompiledDnn;

/// <summary>The values of metrics by name, in the order in which they were asked for. Equal if names, order and values are.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is named after what it holds.")]
[JsonConverter(typeof(MetricValuesConverter))]
public sealed class MetricValues : IReadOnlyDictionary<string, double>, IEquatable<MetricValues>
{
    private readonly KeyValuePair<string, double>[] _values;

    internal MetricValues(KeyValuePair<string, double>[] values) => _values = values;

    /// <summary>No metrics.</summary>
    public static MetricValues Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Select(static value => value.Key);

    /// <inheritdoc/>
    public IEnumerable<double> Values => _values.Select(static value => value.Value);

    /// <summary>The value of a metric.</summary>
    /// <param name="key">The metric's name.</param>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    public double this[string key] => TryGetValue(key, out double value)
        ? value
        : throw new KeyNotFoundException(
            $"There is no metric '{key}'; {(Count == 0 ? "no metrics were asked for" : $"there are {string.Join(", ", Keys)}")}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        foreach (KeyValuePair<string, double> pair in _values)
        {
            if (pair.Key == key)
            {
                value = pair.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(MetricValues? other) =>
        other is not null
        && Count == other.Count
        && _values.Zip(other._values).All(static pair => pair.First.Key == pair.Second.Key && pair.First.Value.Equals(pair.Second.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricValues);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (KeyValuePair<string, double> value in _values)
        {
            hash.Add(value.Key);
            hash.Add(value.Value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Names and values, to six digits.</summary>
    public override string ToString() =>
        string.Join(", ", _values.Select(static value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} {value.Value:G6}")));
}
