#if TOOLS
using BenchmarkDotNet.Attributes;

namespace CompiledDnn.Benchmarks;

/// <summary>Sweeps over all parameters of [784, 128, 64, 10].</summary>
public class SweepBenchmarks
{
    private readonly AlignedBlock<float> _parameters;
    private readonly AlignedBlock<float> _gradients;
    private readonly OptimizerState<float> _adam;
    private readonly OptimizerState<float> _descent;

    public SweepBenchmarks()
    {
        int length = new Mnist(1).Parameters.Span.Length;
        _parameters = new AlignedBlock<float>(length);
        _gradients = new AlignedBlock<float>(length);
        _gradients.Span.Fill(1e-3f);
        _adam = Optimizer.Adam(1e-4).CreateState<float>(length);
        _descent = Optimizer.GradientDescent(1e-4).CreateState<float>(length);
    }

    [Benchmark]
    public void Adam() => _adam.Step(_parameters.Span, _gradients.Span);

    [Benchmark]
    public void GradientDescent() => _descent.Step(_parameters.Span, _gradients.Span);
}
#endif
