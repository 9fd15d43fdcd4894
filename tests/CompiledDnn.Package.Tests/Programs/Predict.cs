using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CompiledDnn;

var features = new float[Classifier.InputSize];
for (int i = 0; i < features.Length; i++)
{
    features[i] = i / 16f;
}

Console.WriteLine(Classifier.Pretrained.Predict(features).ToString("R", CultureInfo.InvariantCulture));
Console.WriteLine($"Avx2 {Avx2.IsSupported}, 256 {Vector256.IsHardwareAccelerated}, 512 {Vector512.IsHardwareAccelerated}");

[Network(30, 16, 8, 1)]
internal sealed partial class Classifier;
