namespace CompiledDnn;
#pragma warning disable
public struct BinaryCrossEntropy<T>; public struct CategoricalCrossEntropy<T>; public struct MeanSquaredError<T>; public struct MeanAbsoluteError<T>; public struct Huber<T, O>;
