using CompiledDnn;

namespace Samples;

/// <summary>The network of tumours.onnx. Its weights: <c>net.Load("TumoursFromOnnx.safetensors")</c>.</summary>
[Network(30, 16, 8, 1, Hidden = Activation.Tanh)]
public sealed partial class TumoursFromOnnx;
