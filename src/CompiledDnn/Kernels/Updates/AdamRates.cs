using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>The factors of one step of Adam.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Share1">1 − β₁.</param>
/// <param name="Share2">1 − β₂.</param>
/// <param name="Step">α √(1 − β₂ᵗ) / (1 − β₁ᵗ).</param>
/// <param name="Epsilon">ε √(1 − β₂ᵗ).</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct AdamRates<T>(T Share1, T Share2, T Step, T Epsilon)
    where T : unmanaged
{
    /// <summary>1 − α λ, what AdamW multiplies weights by. Adam has no use for it.</summary>
    public T Keep { get; init; }
}
