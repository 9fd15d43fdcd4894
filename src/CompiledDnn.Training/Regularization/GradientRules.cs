namespace CompiledDnn;

/// <summary>
/// What is done to a gradient before an optimiser sees it, in this order: penalties on weights, not biases, then every number clipped, then
/// the norm of the whole clipped.
/// </summary>
internal readonly record struct GradientRules
{
    /// <summary>λ₁ of the penalty λ₁ Σ |w|: g += λ₁ sign(w). 0 is off.</summary>
    public double L1 { get; init; }

    /// <summary>λ₂ of the penalty λ₂/2 Σ w²: g += λ₂ w. 0 is off.</summary>
    public double L2 { get; init; }

    /// <summary>The largest magnitude of a number of the gradient; null is off.</summary>
    public double? ClipValue { get; init; }

    /// <summary>The largest Euclidean norm of the whole gradient; null is off.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>True if a single number of the gradient can change without the others being known.</summary>
    public bool ChangesNumbers => L1 != 0 || L2 != 0 || ClipValue is not null;

    /// <summary>True if the optimiser has to wait for the whole gradient.</summary>
    public bool NeedsWholeGradient => ClipNorm is not null;

    /// <summary>What is wrong with the rules, each in words; nothing if all is right.</summary>
    public IEnumerable<string> Complaints()
    {
        foreach ((string name, double value) in ((string, double)[])[(nameof(L1), L1), (nameof(L2), L2)])
        {
            if (!(double.IsFinite(value) && value >= 0))
            {
                yield return $"{name} is {value}, but is finite and not negative; 0 is off";
            }
        }

        foreach ((string name, double? value) in ((string, double?)[])[(nameof(ClipValue), ClipValue), (nameof(ClipNorm), ClipNorm)])
        {
            if (value is { } limit && !(double.IsFinite(limit) && limit > 0))
            {
                yield return $"{name} is {limit}, but is finite and positive; null is off";
            }
        }
    }
}
