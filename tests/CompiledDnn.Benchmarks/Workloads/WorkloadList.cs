using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>The workloads of the table.</summary>
internal static class WorkloadList
{
    private static readonly int[] CatSizes = [12288, 20, 7, 5, 1];
    private static readonly int[] MnistSizes = [784, 128, 64, 10];
    private static readonly int[] LargeSizes = [1024, 1024, 1024, 10];
    private static readonly int[] TinySizes = [2, 16, 16, 1];
    private static readonly int[] TumourSizes = [30, 16, 8, 1];
    private static readonly int[] DigitSizes = [64, 32, 10];
    private static readonly int[] SurrogateSizes = [4, 32, 16, 4];

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        Descend("T1", "step of [12288,20,7,5,1], 209 examples", CatSizes, 209, 1, () => new Cat(1, Initializer.Course), 0.0075),
        Descend("T1d", "the same in double", CatSizes, 209, 1, () => new CatDouble(1, Initializer.Course), 0.0075),
        Descend("T2 b32", "step of [784,128,64,10], batch 32", MnistSizes, 32, 64, () => new Mnist(1), 1e-3),
        Descend("T2 b128", "step of [784,128,64,10], batch 128", MnistSizes, 128, 16, () => new Mnist(1), 1e-3),
        Adam("T2a b32", "the same with Adam, batch 32", MnistSizes, 32, 64, () => new Mnist(1)),
        Adam("T2a b128", "the same with Adam, batch 128", MnistSizes, 128, 16, () => new Mnist(1)),
        Descend("T3 2-16-16-1 b4", "step of [2,16,16,1], batch 4", TinySizes, 4, 512, () => new Tiny(1), 1e-3),
        Descend("T3 2-16-16-1 b32", "step of [2,16,16,1], batch 32", TinySizes, 32, 64, () => new Tiny(1), 1e-3),
        Descend("T3 30-16-8-1 b32", "step of [30,16,8,1], batch 32", TumourSizes, 32, 64, () => new Tumour(1), 1e-3),
        Descend("T3 64-32-10 b64", "step of [64,32,10], batch 64", DigitSizes, 64, 32, () => new Digit(1), 1e-3),
        Descend("T4", "step of [1024,1024,1024,10], batch 256", LargeSizes, 256, 8, () => new Large(1), 1e-3),
        Adam("T5", "step of 4-32-16-4, tanh, 10,000 examples, Adam", SurrogateSizes, 10_000, 1, () => new Surrogate(1)),
        Predict("I1 2-16-16-1", "predict one example of [2,16,16,1]", TinySizes, 1, 64, () => new Tiny(1)),
        Predict("I1 30-16-8-1", "predict one example of [30,16,8,1]", TumourSizes, 1, 64, () => new Tumour(1)),
        Predict("I1 64-32-10", "predict one example of [64,32,10]", DigitSizes, 1, 64, () => new Digit(1)),
        Predict("I1 784-128-64-10", "predict one example of [784,128,64,10]", MnistSizes, 1, 64, () => new Mnist(1)),
        Predict("I1 12288-20-7-5-1", "predict one example of [12288,20,7,5,1]", CatSizes, 1, 16, () => new Cat(1, Initializer.Course)),
        Predict("I2 784-128-64-10", "predict 1024 examples of [784,128,64,10]", MnistSizes, 1024, 2, () => new Mnist(1)),
        Predict("I2 1024-1024-1024-10", "predict 1024 examples of [1024,1024,1024,10]", LargeSizes, 1024, 2, () => new Large(1)),
    ];

    /// <summary>A step of gradient descent.</summary>
    public static Workload Descend<T>(string name, string description, int[] sizes, int batch, int batches, Func<INetwork<T>> create, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Create(WorkloadKind.Descend, name, description, sizes, batch, batches, create, rate);

    /// <summary>A prediction of a batch.</summary>
    public static Workload Predict(string name, string description, int[] sizes, int batch, int batches, Func<INetwork<float>> create) =>
        Create(WorkloadKind.Predict, name, description, sizes, batch, batches, create, 0);

    private static Workload Adam(string name, string description, int[] sizes, int batch, int batches, Func<INetwork<float>> create) =>
        Create(WorkloadKind.Adam, name, description, sizes, batch, batches, create, 1e-4);

    private static NetworkWorkload<T> Create<T>(
        WorkloadKind kind, string name, string description, int[] sizes, int batch, int batches, Func<INetwork<T>> create, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(create)
        {
            Kind = kind,
            Name = name,
            Description = description,
            Sizes = sizes,
            Batch = batch,
            Batches = batches,
            Rate = rate,
        };
}
