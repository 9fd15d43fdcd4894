using System.Globalization;
using System.Numerics;

namespace CompiledDnn;

/// <summary>Which class each example of a data set belongs to, for splits that keep the shares of the classes.</summary>
internal static class ClassOfExample
{
    /// <summary>The classes: labels, 0 or 1 of a single target, or the place of the only 1 in a row of targets.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="method">The method that asks, for messages.</param>
    /// <exception cref="InvalidOperationException">The targets are no classes.</exception>
    public static int[] Of<T>(Dataset<T> data, string method)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var classes = new int[data.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = data.HasLabels ? data.Label(i) : OfRow(data.Target(i)) ?? throw new InvalidOperationException(
                $"{method}: the target of example {i} is no class; expected labels, one target of 0 or 1, or rows of zeros with a single 1, but it is [{string.Join(", ", data.Target(i)[..Math.Min(8, data.TargetSize)].ToArray().Select(y => y.ToString(null, CultureInfo.InvariantCulture)))}].");
        }

        return classes;
    }

    private static int? OfRow<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int? found = null;
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] == T.One && found is null)
            {
                found = i;
            }
            else if (row[i] != T.Zero)
            {
                return null;
            }
        }

        return row.Length == 1 ? 1 + (found ?? -1) : found;
    }
}
