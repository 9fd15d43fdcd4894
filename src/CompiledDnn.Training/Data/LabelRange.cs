namespace CompiledDnn;

/// <summary>Checks labels against the number of classes.</summary>
internal static class LabelRange
{
    /// <summary>The largest label and one more.</summary>
    public static int Classes(ReadOnlySpan<int> labels)
    {
        int largest = 0;
        foreach (int label in labels)
        {
            largest = Math.Max(largest, label);
        }

        return checked(largest + 1);
    }

    /// <summary>Throws if a label is none of the classes.</summary>
    public static void Require(ReadOnlySpan<int> labels, int index, int classes, string method)
    {
        if ((uint)labels[index] >= (uint)classes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels), labels[index], $"{method}: labels go from 0 to {classes - 1}, but label {index} is {labels[index]}.");
        }
    }
}
