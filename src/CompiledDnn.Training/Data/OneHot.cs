using System.Numerics;

namespace CompiledDnn;

/// <summary>Classes as rows of zeros with a single 1: targets of a loss that takes no labels, or inputs.</summary>
public static class OneHot
{
    /// <summary>Encodes labels.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="labels">The labels, counted from 0.</param>
    /// <param name="classes">The number of classes, at least 1; null for the largest label and one more.</param>
    /// <returns>A row of as many numbers as there are classes for each label.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative, or not less than the number of classes.</exception>
    public static T[] Encode<T>(ReadOnlySpan<int> labels, int? classes = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = classes ?? LabelRange.Classes(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(classes));
        var rows = new T[checked(labels.Length * size)];
        for (int i = 0; i < labels.Length; i++)
        {
            LabelRange.Require(labels, i, size, "OneHot.Encode");
            rows[(i * size) + labels[i]] = T.One;
        }

        return rows;
    }

    /// <summary>The place of the largest number of each row: the labels that rows stand for.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">Rows of as many numbers as there are classes.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one class.</exception>
    /// <exception cref="ArgumentException">The length is no whole number of rows.</exception>
    public static int[] Decode<T>(ReadOnlySpan<T> rows, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (rows.Length % classes != 0)
        {
            throw new ArgumentException($"OneHot.Decode: expected rows of {classes} numbers, but there are {rows.Length} numbers.", nameof(rows));
        }

        var labels = new int[rows.Length / classes];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<T> row = rows.Slice(i * classes, classes);
            for (int c = 1; c < classes; c++)
            {
                labels[i] = row[c] > row[labels[i]] ? c : labels[i];
            }
        }

        return labels;
    }
}
