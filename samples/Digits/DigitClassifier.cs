using CompiledDnn;

namespace Samples;

/// <summary>
/// Reads a handwritten digit: 64 grey levels in, ten probabilities out. This line is the whole network; the generator writes the
/// rest. See it with <c>dotnet build -p:EmitCompilerGeneratedFiles=true</c>, under <c>obj</c>.
/// </summary>
[Network(64, 128, 64, 10, Output = Activation.Softmax)]
public sealed partial class DigitClassifier;
