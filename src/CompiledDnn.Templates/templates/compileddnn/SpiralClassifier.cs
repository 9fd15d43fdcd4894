using CompiledDnn;

namespace CompiledDnnApp;

/// <summary>
/// Says on which of three spirals a point lies: two coordinates in, three probabilities out. This line is the whole network; the generator
/// writes the rest. See it with <c>dotnet build -p:EmitCompilerGeneratedFiles=true</c>, under <c>obj</c>.
/// </summary>
[Network(2, 32, 32, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
public sealed partial class SpiralClassifier;
