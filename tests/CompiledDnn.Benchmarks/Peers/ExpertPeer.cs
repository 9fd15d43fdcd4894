namespace CompiledDnn.Benchmarks;

/// <summary>A step or a prediction that an expert wrote around a library's matrix products.</summary>
/// <typeparam name="TProduct">The library's product.</typeparam>
/// <param name="isPresent">True if the library was found.</param>
/// <param name="description">What it is.</param>
/// <param name="bothLayouts">True if both layouts of the first layer's weights are worth a try.</param>
internal sealed class ExpertPeer<TProduct>(bool isPresent, string description, bool bothLayouts) : Peer
    where TProduct : struct, IProduct<TProduct>
{
    public override string Name => TProduct.Library;

    public override string Description => description;

    public override bool IsPresent => isPresent;

    protected override IEnumerable<Func<PeerRun>> Ways(Workload workload, int threads)
    {
        // One example is one thread's work.
        if (!workload.HasPlainPeer || (threads > 1 && workload.Batch == 1))
        {
            yield break;
        }

        foreach (bool outputsFirst in bothLayouts ? (bool[])[false, true] : [false])
        {
            yield return () => Create(workload, outputsFirst, threads);
        }
    }

    private static PeerRun Create(Workload workload, bool outputsFirst, int threads)
    {
        if (OpenBlas.IsPresent)
        {
            // The step's own threads share the work: that is faster than threads inside each product.
            OpenBlas.SetThreads(1);
        }

        var options = new ExpertOptions(
            workload.Sizes, workload.Batch, (float)workload.Rate, workload.Kind == WorkloadKind.Adam, outputsFirst, threads);
        Check(workload, options);
        IExpertNetwork net = Create(options, workload);
        RandomBatches<float> data = workload.CreateBatches();
        Action action = workload.Kind == WorkloadKind.Predict
            ? () =>
            {
                net.Predict(data);
                data.Next();
            }
            : () =>
            {
                net.Step(data);
                data.Next();
            };
        return new PeerRun(new TimedCall(action, net.Rest), net);
    }

    private static void Check(Workload workload, ExpertOptions options)
    {
        string name = $"{workload.Name} with {TProduct.Library}";
        double rate = Comparison.Rate(workload.Kind);
        using IExpertNetwork net = Create(options with { Rate = (float)rate }, workload);
        RandomBatches<float> data = workload.CreateBatches();
        if (workload.Kind == WorkloadKind.Predict)
        {
            Comparison.Predictions(name, workload.Plain, data, [.. net.Predict(data).ToArray().Select(number => (double)number)], isDouble: false);
            return;
        }

        net.Step(data);
        Comparison.Step(name, workload.Plain, workload.PlainStepped, net.GetParameters(), isDouble: false);
    }

    private static IExpertNetwork Create(ExpertOptions options, Workload workload)
    {
        IExpertNetwork net = VectorWidth.Dispatch(new Creation(options));
        net.SetParameters(workload.Plain);
        return net;
    }

    private sealed class Creation(ExpertOptions options) : IForVectors<float, IExpertNetwork>
    {
        public IExpertNetwork Run<TOps, TVector>()
            where TOps : struct, IVectorOps<TVector, float>
            where TVector : struct => new ExpertNetwork<TProduct, TOps, TVector>(options);
    }
}
