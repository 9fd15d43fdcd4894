namespace CompiledDnn.Benchmarks;

[Network(12288, 20, 7, 5, 1)]
internal sealed partial class Cat;

[Network(12288, 20, 7, 5, 1, Precision = Precision.Double)]
internal sealed partial class CatDouble;

[Network(784, 128, 64, 10, Output = Activation.Softmax)]
internal sealed partial class Mnist;

[Network(2, 16, 16, 1)]
internal sealed partial class Tiny;

[Network(30, 16, 8, 1)]
internal sealed partial class Tumour;

[Network(64, 32, 10, Output = Activation.Softmax)]
internal sealed partial class Digit;

[Network(1024, 1024, 1024, 10, Output = Activation.Softmax)]
internal sealed partial class Large;

[Network(4, 32, 16, 4, Hidden = Activation.Tanh, Output = Activation.Identity)]
internal sealed partial class Surrogate;
