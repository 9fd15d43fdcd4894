using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>One of several shares of a piece of work. Whatever the number of shares, every number of a result is worked out in the same way.</summary>
/// <param name="Index">0 to Total − 1.</param>
/// <param name="Total">How many shares there are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Share(int Index, int Total)
{
    /// <summary>The only share: the whole.</summary>
    public static Share Whole => new(0, 1);

    /// <summary>True for the share that also does what is not worth sharing.</summary>
    public bool IsFirst => Index == 0;

    /// <summary>Which of so many things belong to this share.</summary>
    /// <param name="count">How many things there are.</param>
    /// <param name="multiple">Borders lie at multiples of this.</param>
    public (int First, int Count) Of(int count, int multiple)
    {
        if (Total == 1)
        {
            return (0, count);
        }

        long groups = ((long)count + multiple - 1) / multiple;
        int first = (int)Math.Min(count, groups * Index / Total * multiple);
        int end = (int)Math.Min(count, groups * (Index + 1) / Total * multiple);
        return (first, end - first);
    }
}
