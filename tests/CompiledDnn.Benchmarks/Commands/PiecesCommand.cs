using System.Globalization;
using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>Where a step's time goes: each of its parts timed by itself, on one thread.</summary>
internal static class PiecesCommand
{
    public static void Run()
    {
        Print("T1", new Cat(1, Initializer.Course), 209);
        Print("T1d", new CatDouble(1, Initializer.Course), 209);
        Print("T2 b32", new Mnist(1), 32);
        Print("T2 b128", new Mnist(1), 128);
        Print("T3 64-32-10 b64", new Digit(1), 64);
        Print("T3 2-16-16-1 b32", new Tiny(1), 32);
        Print("T4", new Large(1), 256);
        Print("T5", new Surrogate(1), 10_000);
    }

    private static void Print<T>(string name, INetwork<T> net, int batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        net.MaxDegreeOfParallelism = 1;
        var data = new RandomBatches<T>(net.Shape.InputSize, net.Shape.OutputSize, batch, 1);
        NetworkWorkspace<T> state = net.CreateWorkspace(batch);
        Action outputGradient = net.TakesLabels
            ? () => net.OutputGradient(data.Labels, state)
            : () => net.OutputGradient(data.Y, state);
        double forward = Timing.Of(() => net.Forward(data.X, state)).Median;
        double cost = Timing.Of(() => _ = net.TakesLabels ? net.Cost(data.Labels, state) : net.Cost(data.Y, state)).Median;
        double output = Timing.Of(outputGradient).Median;
        double backward = Timing.Of(() => net.Backward(data.X, state)).Median;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: forward {forward * 1e6:F2}, cost {cost * 1e6:F2}, output gradient {output * 1e6:F2}, backward {backward * 1e6:F2} µs"));
    }
}
