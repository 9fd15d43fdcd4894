using System.Numerics;
using CompiledDnn.Tests.Reference;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>Activations and losses for reference networks, beside those that the reference has.</summary>
internal static class References
{
    public static ReferenceActivation<T> Swish<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ReferenceActivation<T>.Elementwise("Swish", z => z * Sigmoid(z), z => Sigmoid(z) * (T.One + (z * (T.One - Sigmoid(z)))));

    public static ReferenceActivation<T> LeakyReLU<T>(T slope)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ReferenceActivation<T>.Elementwise("LeakyReLU", z => z > T.Zero ? z : slope * z, z => z > T.Zero ? T.One : slope);

    public static ReferenceActivation<T> ELU<T>(T alpha)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ReferenceActivation<T>.Elementwise("ELU", z => z > T.Zero ? z : alpha * (T.Exp(z) - T.One), z => z > T.Zero ? T.One : alpha * T.Exp(z));

    public static ReferenceLoss<T> Huber<T>(T delta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = T.One / (T.One + T.One);
        return ReferenceLoss<T>.Averaged(
            "Huber",
            (a, y) => T.Abs(a - y) <= delta ? half * (a - y) * (a - y) : delta * (T.Abs(a - y) - (half * delta)),
            (a, y) => T.Clamp(a - y, -delta, delta));
    }

    public static ReferenceLoss<T> AbsoluteError<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ReferenceLoss<T>.Averaged("AbsoluteError", (a, y) => T.Abs(a - y), (a, y) => T.CreateChecked(T.Sign(a - y)));

    private static T Sigmoid<T>(T z)
        where T : IBinaryFloatingPointIeee754<T> =>
        T.One / (T.One + T.Exp(-z));
}
