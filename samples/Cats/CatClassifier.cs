using CompiledDnn;

namespace Samples.Cats;

/// <summary>The notebook's network for pictures of 64 × 64 × 3 numbers, in single precision.</summary>
[Network(12288, 20, 7, 5, 1)]
public sealed partial class CatClassifier;

/// <summary>The same network in double precision, as NumPy works, for numbers that agree to the last digits.</summary>
[Network(12288, 20, 7, 5, 1, Precision = Precision.Double)]
public sealed partial class CatClassifierDouble;
