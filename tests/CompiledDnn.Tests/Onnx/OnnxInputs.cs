using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>Inputs for networks and their models, and outputs compared.</summary>
internal static class OnnxInputs
{
    /// <summary>Numbers from −3 to 3 that are the same in float and double.</summary>
    public static double[] Random(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)((random.NextDouble() * 6) - 3))];
    }

    public static T[] Predict<T>(INetwork<T> net, double[] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new T[x.Length / net.Shape.InputSize * net.Shape.OutputSize];
        net.Predict([.. x.Select(T.CreateChecked)], y);
        return y;
    }

    /// <summary>Fails unless each output differs by no more than the tolerance, relative to it where it is greater than one.</summary>
    public static void CheckClose<T>(double[] expected, T[] y, double tolerance, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, y.Length);
        double worst = expected.Zip(y, (a, b) => Math.Abs(a - double.CreateChecked(b)) / Math.Max(1, Math.Abs(a))).Max();
        Assert.True(worst <= tolerance, $"{what}: {worst}");
    }
}
