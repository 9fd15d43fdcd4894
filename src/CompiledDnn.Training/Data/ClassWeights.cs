namespace CompiledDnn;

/// <summary>Weights of classes, so that rare ones count as much as common ones.</summary>
public static class ClassWeights
{
    /// <summary>n / (k · n[c]): the weights with which each of k classes counts the same in n examples, and all of them n together.</summary>
    /// <param name="labels">The labels of the examples, counted from 0.</param>
    /// <param name="classes">The number of classes; null for the largest label and one more.</param>
    /// <returns>A weight for each class. A class without examples has weight 1, and is not one of the k.</returns>
    /// <remarks>As <c>class_weight="balanced"</c> in scikit-learn.</remarks>
    /// <exception cref="ArgumentException">There are no labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative, or not less than the number of classes.</exception>
    public static double[] Balanced(ReadOnlySpan<int> labels, int? classes = null)
    {
        if (labels.IsEmpty)
        {
            throw new ArgumentException("ClassWeights.Balanced: there are no labels.", nameof(labels));
        }

        int[] counts = new int[classes ?? LabelRange.Classes(labels)];
        for (int i = 0; i < labels.Length; i++)
        {
            LabelRange.Require(labels, i, counts.Length, "ClassWeights.Balanced");
            counts[labels[i]]++;
        }

        int present = counts.Count(static count => count > 0);
        double examples = labels.Length;
        return Array.ConvertAll(counts, count => count == 0 ? 1 : examples / ((double)present * count));
    }
}
