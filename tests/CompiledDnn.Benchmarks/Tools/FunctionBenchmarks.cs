#if TOOLS
using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;

namespace CompiledDnn.Benchmarks;

/// <summary>Functions over 4096 numbers that lie in the L1 cache, as kernels call them, beside those of TensorPrimitives.</summary>
public class FunctionBenchmarks
{
    private const int Length = 4096;

    private readonly AlignedBlock<float> _x = new(Length);
    private readonly AlignedBlock<float> _y = new(Length);
    private readonly Action<AlignedBlock<float>, AlignedBlock<float>> _exp = VectorWidth.Dispatch(new Loops(Function.Exp));
    private readonly Action<AlignedBlock<float>, AlignedBlock<float>> _tanh = VectorWidth.Dispatch(new Loops(Function.Tanh));
    private readonly Action<AlignedBlock<float>, AlignedBlock<float>> _sigmoid = VectorWidth.Dispatch(new Loops(Function.Sigmoid));
    private readonly Rows _rows = new(1);

    public FunctionBenchmarks()
    {
        for (int i = 0; i < Length; i++)
        {
            _x.Span[i] = (i - (Length / 2)) / 256f;
        }
    }

    private enum Function
    {
        Exp,
        Tanh,
        Sigmoid,
    }

    [Benchmark]
    public void Exp() => _exp(_x, _y);

    [Benchmark]
    public void ExpOfTensorPrimitives() => TensorPrimitives.Exp(_x.Span, _y.Span);

    [Benchmark]
    public void Tanh() => _tanh(_x, _y);

    [Benchmark]
    public void TanhOfTensorPrimitives() => TensorPrimitives.Tanh(_x.Span, _y.Span);

    [Benchmark]
    public void Sigmoid() => _sigmoid(_x, _y);

    [Benchmark]
    public void SigmoidOfTensorPrimitives() => TensorPrimitives.Sigmoid(_x.Span, _y.Span);

    /// <summary>409 rows of ten numbers, after the product of one input each.</summary>
    [Benchmark]
    public void SoftmaxRows() => _rows.Predict(_x.Span[..409], _y.Span[..4090]);

    private sealed class Loops(Function function) : IForVectors<float, Action<AlignedBlock<float>, AlignedBlock<float>>>
    {
        public Action<AlignedBlock<float>, AlignedBlock<float>> Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, float>
            where TVector : struct => function switch
            {
                Function.Exp => Exp<TOps, TVector>,
                Function.Tanh => Tanh<TOps, TVector>,
                _ => Sigmoid<TOps, TVector>,
            };

        private static void Exp<TOps, TVector>(AlignedBlock<float> x, AlignedBlock<float> y)
            where TOps : struct, IVectorOps<TVector, float>
            where TVector : struct
        {
            Span<float> from = x.Span, to = y.Span;
            for (int i = 0; i + TOps.Count <= from.Length; i += TOps.Count)
            {
                TOps.Store(TOps.Exp(TOps.Load(ref from[i])), ref to[i]);
            }
        }

        private static void Tanh<TOps, TVector>(AlignedBlock<float> x, AlignedBlock<float> y)
            where TOps : struct, IVectorOps<TVector, float>
            where TVector : struct
        {
            Span<float> from = x.Span, to = y.Span;
            for (int i = 0; i + TOps.Count <= from.Length; i += TOps.Count)
            {
                TOps.Store(TOps.Tanh(TOps.Load(ref from[i])), ref to[i]);
            }
        }

        private static void Sigmoid<TOps, TVector>(AlignedBlock<float> x, AlignedBlock<float> y)
            where TOps : struct, IVectorOps<TVector, float>
            where TVector : struct
        {
            Span<float> from = x.Span, to = y.Span;
            for (int i = 0; i + TOps.Count <= from.Length; i += TOps.Count)
            {
                TOps.Store(TOps.Sigmoid(TOps.Load(ref from[i])), ref to[i]);
            }
        }
    }
}

[Network(1, 10, Output = Activation.Softmax)]
internal sealed partial class Rows;
#endif
