namespace CompiledDnn.Benchmarks;

[Network(64, 64, 32, 10, Output = Activation.Softmax)]
internal sealed partial class DigitQuality;

[Network(30, 16, 8, 1)]
internal sealed partial class TumourQuality;

[Network(4, 16, 3, Output = Activation.Softmax)]
internal sealed partial class IrisQuality;
