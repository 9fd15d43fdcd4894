#if TOOLS
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CompiledDnn.Benchmarks;

/// <summary>Single operations by BenchmarkDotNet, in this process: it was built with settings that a project of the tool's own would not have.</summary>
internal static class SingleCommand
{
    /// <summary>Runs the benchmarks whose names match one of the filters, such as <c>*Tanh*</c>; all without a filter.</summary>
    public static void Run(IReadOnlyList<string> filters)
    {
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "CompiledDnn.Benchmarks"));
        string[] arguments = ["--filter", .. filters.Count > 0 ? filters : ["*"]];
        BenchmarkSwitcher.FromTypes([typeof(ProductBenchmarks), typeof(FunctionBenchmarks), typeof(SweepBenchmarks)]).Run(arguments, config);
    }
}
#endif
