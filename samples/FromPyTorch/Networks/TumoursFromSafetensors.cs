using CompiledDnn;

namespace Samples;

/// <summary>The network of tumours.safetensors. Its weights: <c>net.Load("TumoursFromSafetensors.safetensors")</c>.</summary>
[Network(30, 16, 8, 1, Hidden = Activation.Tanh)]
public sealed partial class TumoursFromSafetensors;
