namespace CompiledDnn.Benchmarks;

[Network(7, 7, 7, 1)]
internal sealed partial class Seven;

[Network(13, 33, 7, 3, Output = Activation.Softmax)]
internal sealed partial class Odd;

[Network(33, 100, 33, 10, Output = Activation.Softmax)]
internal sealed partial class Middle;

[Network(257, 257, 100, 10, Output = Activation.Softmax)]
internal sealed partial class BeyondEdge;

[Network(100, 257, 13, Output = Activation.Softmax)]
internal sealed partial class Waist;

[Network(3, 1000, Output = Activation.Softmax)]
internal sealed partial class Fan;

[Network(5, 300, 1)]
internal sealed partial class Bulge;

[Network(784, 1, 10, Output = Activation.Softmax)]
internal sealed partial class OneHidden;

[Network(64, 32, 32, 32, 32, 32, 32, 32, 32, 32, 10, Output = Activation.Softmax)]
internal sealed partial class Deep;

[Network(12, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1)]
internal sealed partial class DeepNarrow;

[Network(3072, 256, 128, 10, Output = Activation.Softmax)]
internal sealed partial class SmallImage;

[Network(4096, 512, 10, Output = Activation.Softmax)]
internal sealed partial class ManyInputs;

[Network(2048, 2048, 10, Output = Activation.Softmax)]
internal sealed partial class Square;

[Network(100, 4096, 512, 10, Output = Activation.Softmax)]
internal sealed partial class ManyHidden;

[Network(784, 128, 32, 128, 784)]
internal sealed partial class Autoencoder;
