namespace CompiledDnn;

/// <summary>Between the order of C, in which the last index changes fastest, and that of Fortran, in which the first one does.</summary>
internal static class NpyOrder
{
    /// <summary>Where the numbers of an array lie in Fortran order, one after the other in C order.</summary>
    /// <param name="shape">The array's shape.</param>
    /// <param name="stride">What an index of the first axis counts.</param>
    public static IEnumerable<long> Places(long[] shape, long stride = 1)
    {
        var strides = new long[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        if (shape.Contains(0))
        {
            yield break;
        }

        var index = new long[shape.Length];
        long place = 0;
        while (true)
        {
            yield return place;
            int axis = shape.Length - 1;
            for (; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                place -= strides[axis] * shape[axis];
                index[axis] = 0;
            }

            if (axis < 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Puts numbers in Fortran order into C order.</summary>
    public static T[] ToC<T>(T[] data, long[] shape)
    {
        var ordered = new T[data.Length];
        int at = 0;
        foreach (long place in Places(shape))
        {
            ordered[at++] = data[place];
        }

        return ordered;
    }

    /// <summary>Puts numbers in C order into Fortran order.</summary>
    public static T[] ToFortran<T>(ReadOnlySpan<T> data, long[] shape)
    {
        var ordered = new T[data.Length];
        int at = 0;
        foreach (long place in Places(shape))
        {
            ordered[place] = data[at++];
        }

        return ordered;
    }
}
