using System.Globalization;
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
