using CompiledDnn;

namespace Samples;

/// <summary>
/// Tells benign tumours from malignant ones: 30 measurements in, the probability of benign out. Sizes alone mean ReLU layers, a
/// sigmoid at the end, and cross-entropy.
/// </summary>
[Network(30, 16, 8, 1)]
public sealed partial class TumourClassifier;
