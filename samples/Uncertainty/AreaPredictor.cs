using CompiledDnn;

namespace Samples;

/// <summary>
/// Predicts a number and how sure it is of it: two outputs, the mean and the logarithm of the variance, for one target.
/// </summary>
[Network(10, 32, 16, 2, Hidden = Activation.Tanh, Output = Activation.Identity, LossType = typeof(GaussianLikelihood<>))]
public sealed partial class AreaPredictor;
