using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Benchmarks;

/// <summary>An expert's network, whatever library does its products.</summary>
internal interface IExpertNetwork : IDisposable
{
    /// <summary>Takes the weights and biases.</summary>
    void SetParameters(PlainNetwork parameters);

    /// <summary>The weights and biases.</summary>
    PlainNetwork GetParameters();

    /// <summary>Forward propagation of the batch whose turn it is; the outputs, dense.</summary>
    ReadOnlySpan<float> Predict(RandomBatches<float> data);

    /// <summary>One step of training on the batch whose turn it is.</summary>
    /// <returns>The cost before it.</returns>
    float Step(RandomBatches<float> data);

    /// <summary>Ends its threads until the next call.</summary>
    void Rest();
}

/// <summary>
/// What an engineer would write with a library for matrix products: buffers made once, loops fused over whole blocks, and with plain
/// gradient descent the gradient's product added to the weights by the library itself. Hidden layers are ReLU; the output is a sigmoid for
/// one output, else softmax.
/// </summary>
/// <typeparam name="TProduct">The library's product.</typeparam>
/// <typeparam name="TOps">The vector operations of the loops.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <remarks>
/// Threads share the rows of the batch forward and backward, and the inputs of every layer in the update; they meet twice a step.
/// </remarks>
internal sealed unsafe class ExpertNetwork<TProduct, TOps, TVector> : IExpertNetwork
    where TProduct : struct, IProduct<TProduct>
    where TOps : struct, IVectorOps<TVector, float>
    where TVector : struct
{
    private readonly ExpertOptions _options;
    private readonly int[] _sizes;
    private readonly ExpertBuffers _memory;
    private readonly ExpertShare<TProduct, TOps, TVector>[] _shares;
    private readonly SpinningTeam _team;
    private bool _trains;

    public ExpertNetwork(ExpertOptions options)
    {
        _options = options;
        _sizes = options.Sizes;
        _memory = new ExpertBuffers(options, FusedLoops<TOps, TVector>.Period);
        _shares = [.. Enumerable.Range(0, options.Threads).Select(thread => new ExpertShare<TProduct, TOps, TVector>(options, _memory, thread))];
        _team = new SpinningTeam(options.Threads, Work);
    }

    public void SetParameters(PlainNetwork parameters)
    {
        for (int l = 0; l < _options.Depth; l++)
        {
            Span<float> weights = _memory.W[l].Span;
            for (int o = 0; o < _sizes[l + 1]; o++)
            {
                for (int i = 0; i < _sizes[l]; i++)
                {
                    weights[Index(l, o, i)] = (float)parameters.W[l][(o * _sizes[l]) + i];
                }

                _memory.B[l].Span[o] = (float)parameters.B[l][o];
            }
        }
    }

    public PlainNetwork GetParameters()
    {
        var plain = new PlainNetwork(_sizes, "ReLU", _sizes[^1] == 1 ? "Sigmoid" : "Softmax");
        for (int l = 0; l < _options.Depth; l++)
        {
            for (int o = 0; o < _sizes[l + 1]; o++)
            {
                for (int i = 0; i < _sizes[l]; i++)
                {
                    plain.W[l][(o * _sizes[l]) + i] = _memory.W[l].Span[Index(l, o, i)];
                }

                plain.B[l][o] = _memory.B[l].Span[o];
            }
        }

        return plain;
    }

    public ReadOnlySpan<float> Predict(RandomBatches<float> data)
    {
        _trains = false;
        Run(data);
        return _memory.A[^1].Slice(0, _options.Batch * _sizes[^1]);
    }

    public float Step(RandomBatches<float> data)
    {
        _trains = true;
        _memory.CountStep();
        Run(data);
        float loss = 0;
        foreach (float part in _memory.Losses.Span)
        {
            loss += part;
        }

        return loss / _options.Batch;
    }

    public void Rest() => _team.Rest();

    public void Dispose() => _team.Dispose();

    private void Run(RandomBatches<float> data)
    {
        _memory.X = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(data.X));
        _memory.Y = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(data.Y));
        _memory.Labels = (int*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(data.Labels));
        _team.Run();
    }

    private void Work(int thread)
    {
        ExpertShare<TProduct, TOps, TVector> share = _shares[thread];
        share.Forward();
        if (_trains)
        {
            share.PassDown();
            _team.Meet();
            share.Update();
        }
    }

    private int Index(int l, int o, int i) => l == 0 && _options.OutputsFirst ? (o * _sizes[0]) + i : (i * _sizes[l + 1]) + o;
}
