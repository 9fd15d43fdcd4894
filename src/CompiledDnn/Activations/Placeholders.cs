namespace CompiledDnn;
#pragma warning disable
public struct ReLU<T>; public struct Identity<T>; public struct LeakyReLU<T, O>; public struct ELU<T, O>; public struct GELU<T>; public struct SiLU<T>; public struct Softplus<T>; public struct Sigmoid<T>; public struct Tanh<T>; public struct Softmax<T>;
public struct BinaryCrossEntropy<T>; public struct CategoricalCrossEntropy<T>; public struct MeanSquaredError<T>; public struct MeanAbsoluteError<T>; public struct Huber<T, O>;
