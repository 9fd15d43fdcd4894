using System.Globalization;
using CompiledDnn;
using CompiledDnn.Benchmarks;

string only = "";
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "-only" || args[i] == "--only")
    {
        only = args[++i];
    }
}

double peak = Ceiling.OperationsPerSecond<float>();
if (args.Contains("pieces"))
{
    Pieces.Print("T1", new Cat(1, Initializer.Course), 209, peak);
    Pieces.Print("T2 b32", new Mnist(1), 32, peak);
    Pieces.Print("T3 64-32-10", new Digit(1), 64, peak);
    Pieces.Print("T3 2-16", new Tiny(1), 32, peak);
    Pieces.Print("T4", new Large(1), 256, peak);
    Pieces.Print("T5", new Surrogate(1), 10000, peak);
    return;
}

double peakDouble = Ceiling.OperationsPerSecond<double>();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {peak / 1e9:F0} GFLOP/s float, {peakDouble / 1e9:F0} double"));
foreach (Workload workload in WorkloadList.All.Where(workload => workload.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
{
    Timing timing = Timing.Of(workload.Start());
    double rate = workload.Operations / timing.Median;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{workload.Name,-22} {timing.Median * 1e6,12:F3} us {rate / 1e9,8:F1} GFLOP/s {rate / (workload.IsDouble ? peakDouble : peak):P1}"));
}
