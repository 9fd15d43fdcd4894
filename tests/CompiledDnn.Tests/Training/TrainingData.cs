using System.Numerics;
using CompiledDnn.Tests.Reference;

namespace CompiledDnn.Tests.Training;

/// <summary>Small problems with known answers, and networks for them.</summary>
internal static class TrainingData
{
    /// <summary>Four blobs at the corners of a square; the two on a diagonal belong together. Targets 0 and 1.</summary>
    public static Dataset<T> Xor<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] x, int[] corners) = Blobs<T>(count, seed);
        return Dataset.FromRows(x, 2, [.. corners.Select(c => T.CreateChecked(c is 0 or 3 ? 0 : 1))], 1);
    }

    /// <summary>Four blobs at the corners of a square, each a class.</summary>
    public static Dataset<T> Corners<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] x, int[] corners) = Blobs<T>(count, seed);
        return Dataset.FromLabels(x, 2, corners);
    }

    /// <summary>y = 2 x + 1 for x from -1 to 1.</summary>
    public static Dataset<T> Line<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] x = [.. Enumerable.Range(0, count).Select(i => -1 + (2.0 * i / (count - 1)))];
        return Dataset.FromRows([.. x.Select(T.CreateChecked)], 1, [.. x.Select(v => T.CreateChecked((2 * v) + 1))], 1);
    }

    public static ReferenceNetwork<T> XorNetwork<T>(int seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new([2, 8, 1], ReferenceActivation<T>.ReLU, ReferenceActivation<T>.Sigmoid, ReferenceLoss<T>.SigmoidCrossEntropy, seed, "Xor");

    public static ReferenceNetwork<T> CornerNetwork<T>(int seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new([2, 8, 4], ReferenceActivation<T>.Tanh, ReferenceActivation<T>.Softmax, ReferenceLoss<T>.SoftmaxCrossEntropy, seed, "Corners");

    public static ReferenceNetwork<T> LineNetwork<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new([1, 1], ReferenceActivation<T>.ReLU, ReferenceActivation<T>.Identity, ReferenceLoss<T>.MeanSquaredError, seed: 1, "Line");

    private static (T[] X, int[] Corners) Blobs<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var x = new T[2 * count];
        var corners = new int[count];
        for (int i = 0; i < count; i++)
        {
            corners[i] = i % 4;
            x[2 * i] = T.CreateChecked(((corners[i] & 1) == 0 ? -1 : 1) + (0.5 * (random.NextDouble() - 0.5)));
            x[(2 * i) + 1] = T.CreateChecked(((corners[i] & 2) == 0 ? -1 : 1) + (0.5 * (random.NextDouble() - 0.5)));
        }

        return (x, corners);
    }
}
