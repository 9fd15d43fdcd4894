using CompiledDnn;

namespace Samples.Walkthrough;

// The notebook builds each network from functions; here each one is a class, and the generator writes its functions.
// NumPy works in double precision, so these do too.

/// <summary>The notebook's first example: layer_dims = [3, 5, 4, 2].</summary>
[Network(3, 5, 4, 2, Precision = Precision.Double)]
internal sealed partial class ThreeLayers;

/// <summary>One LINEAR -> SIGMOID step: a network of a single layer.</summary>
[Network(3, 1, Precision = Precision.Double)]
internal sealed partial class SigmoidUnit;

/// <summary>One LINEAR -> RELU step.</summary>
[Network(3, 1, Output = Activation.ReLU, Precision = Precision.Double)]
internal sealed partial class ReLUUnit;

/// <summary>One LINEAR -> RELU step with three units.</summary>
[Network(4, 3, Output = Activation.ReLU, Precision = Precision.Double)]
internal sealed partial class ReLULayer;

/// <summary>The notebook's model with L = 2: LINEAR -> RELU -> LINEAR -> SIGMOID.</summary>
[Network(4, 3, 1, Precision = Precision.Double)]
internal sealed partial class TwoLayers;
