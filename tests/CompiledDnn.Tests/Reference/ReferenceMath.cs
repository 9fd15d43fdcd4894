using System.Numerics;

namespace CompiledDnn.Tests.Reference;

/// <summary>Functions that stay finite for logits of any size.</summary>
internal static class ReferenceMath
{
    /// <summary>1 / (1 + exp(−z)).</summary>
    public static T Sigmoid<T>(T z)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T e = T.Exp(-T.Abs(z));
        return z >= T.Zero ? T.One / (T.One + e) : e / (T.One + e);
    }

    /// <summary>log(1 + exp(z)).</summary>
    public static T Softplus<T>(T z)
        where T : IBinaryFloatingPointIeee754<T> =>
        T.Max(z, T.Zero) + T.LogP1(T.Exp(-T.Abs(z)));

    /// <summary>log Σ exp(z).</summary>
    public static T LogSumExp<T>(ReadOnlySpan<T> z)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T max = z[0];
        foreach (T value in z)
        {
            max = T.Max(max, value);
        }

        T sum = T.Zero;
        foreach (T value in z)
        {
            sum += T.Exp(value - max);
        }

        return max + T.Log(sum);
    }
}
