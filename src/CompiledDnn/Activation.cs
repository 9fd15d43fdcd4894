namespace CompiledDnn;

/// <summary>The activations that come with the library. A user's own is named by type: <c>ActivationType = typeof(Swish&lt;&gt;)</c>.</summary>
public enum Activation
{
    /// <summary>max(0, z).</summary>
    [Implementation(typeof(ReLU<>))]
    ReLU,

    /// <summary>z.</summary>
    [Implementation(typeof(Identity<>))]
    Identity,

    /// <summary>z where z &gt; 0, otherwise NegativeSlope · z.</summary>
    [Implementation(typeof(LeakyReLU<,>))]
    LeakyReLU,

    /// <summary>z where z &gt; 0, otherwise Alpha · (exp(z) − 1).</summary>
    [Implementation(typeof(ELU<,>))]
    ELU,

    /// <summary>z · Φ(z) with the exact normal distribution function.</summary>
    [Implementation(typeof(GELU<>))]
    GELU,

    /// <summary>z · sigmoid(z).</summary>
    [Implementation(typeof(SiLU<>))]
    SiLU,

    /// <summary>log(1 + exp(z)).</summary>
    [Implementation(typeof(Softplus<>))]
    Softplus,

    /// <summary>1 / (1 + exp(−z)).</summary>
    [Implementation(typeof(Sigmoid<>))]
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    [Implementation(typeof(Tanh<>))]
    Tanh,

    /// <summary>exp(z) / Σ exp(z) over the outputs of one example; for the last layer only.</summary>
    [Implementation(typeof(Softmax<>))]
    Softmax,
}
