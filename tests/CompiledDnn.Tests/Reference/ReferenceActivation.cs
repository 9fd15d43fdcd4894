using System.Numerics;

namespace CompiledDnn.Tests.Reference;

/// <summary>a = g(z) for the outputs of one example.</summary>
public delegate void RowFunction<T>(ReadOnlySpan<T> z, Span<T> a);

/// <summary>Turns da, which <paramref name="gradient"/> holds, into dz.</summary>
public delegate void RowBackward<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> gradient);

/// <summary>An activation of a <see cref="ReferenceNetwork{T}"/>, one example at a time, in plain loops.</summary>
public sealed record ReferenceActivation<T>(string Name, DefaultInitializer Initializer, RowFunction<T> Apply, RowBackward<T> Backward)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static ReferenceActivation<T> ReLU { get; } = Elementwise(
        nameof(ReLU), z => T.Max(z, T.Zero), z => z > T.Zero ? T.One : T.Zero, DefaultInitializer.He);

    public static ReferenceActivation<T> Identity { get; } = Elementwise(nameof(Identity), z => z, _ => T.One);

    public static ReferenceActivation<T> Sigmoid { get; } = Elementwise(
        nameof(Sigmoid), ReferenceMath.Sigmoid, z => ReferenceMath.Sigmoid(z) * (T.One - ReferenceMath.Sigmoid(z)));

    public static ReferenceActivation<T> Tanh { get; } = Elementwise(nameof(Tanh), T.Tanh, z => T.One - (T.Tanh(z) * T.Tanh(z)));

    public static ReferenceActivation<T> Softmax { get; } = new(nameof(Softmax), DefaultInitializer.Glorot, ApplySoftmax, SoftmaxBackward);

    /// <summary>An activation that works on each number by itself.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="g">g(z).</param>
    /// <param name="derivative">g'(z).</param>
    /// <param name="initializer">The initialiser that fits.</param>
    public static ReferenceActivation<T> Elementwise(
        string name, Func<T, T> g, Func<T, T> derivative, DefaultInitializer initializer = DefaultInitializer.Glorot)
    {
        return new ReferenceActivation<T>(name, initializer, Apply, Backward);

        void Apply(ReadOnlySpan<T> z, Span<T> a)
        {
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = g(z[i]);
            }
        }

        void Backward(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> gradient)
        {
            for (int i = 0; i < z.Length; i++)
            {
                gradient[i] *= derivative(z[i]);
            }
        }
    }

    private static void ApplySoftmax(ReadOnlySpan<T> z, Span<T> a)
    {
        T logSum = ReferenceMath.LogSumExp(z);
        for (int i = 0; i < z.Length; i++)
        {
            a[i] = T.Exp(z[i] - logSum);
        }
    }

    // dz_i = a_i (da_i − Σ_j a_j da_j)
    private static void SoftmaxBackward(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> gradient)
    {
        T dot = T.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            dot += a[i] * gradient[i];
        }

        for (int i = 0; i < a.Length; i++)
        {
            gradient[i] = a[i] * (gradient[i] - dot);
        }
    }
}
