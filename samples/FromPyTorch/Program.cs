using CompiledDnn;
using Samples;
using static System.FormattableString;

// The classes and their weights were made by make.sh from what train.py exported; no file is read here.
(float[] x, float[] expected) = ExpectedOutputs.Load(TumoursFromOnnx.InputSize);
Console.WriteLine(TumoursFromOnnx.Summary);
double largest = Math.Max(
    ExpectedOutputs.LargestDifference("from ONNX", TumoursFromOnnx.Pretrained, x, expected),
    ExpectedOutputs.LargestDifference("from safetensors", TumoursFromSafetensors.Pretrained, x, expected));

bool equal = largest <= ExpectedOutputs.Tolerance;   // false for NaN, too
Console.WriteLine(Invariant($"outputs equal PyTorch's to {ExpectedOutputs.Tolerance:0.######}: {(equal ? "yes" : "no")}"));
return equal ? 0 : 1;
