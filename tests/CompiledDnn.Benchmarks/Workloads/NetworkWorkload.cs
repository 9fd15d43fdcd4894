using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>A workload of a generated network.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="create">Makes the network, always with the same weights.</param>
internal sealed class NetworkWorkload<T>(Func<INetwork<T>> create) : Workload
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private PlainNetwork? _plain;
    private PlainNetwork? _plainStepped;

    public override bool IsDouble => typeof(T) == typeof(double);

    public override bool HasPlainPeer => !IsDouble && create().Shape.Layers[0].Activation == "ReLU";

    public override PlainNetwork Plain => _plain ??= PlainNetwork.Of(create());

    public override PlainNetwork PlainStepped =>
        _plainStepped ??= Comparison.Stepped(Plain, NewBatches(), Kind, Comparison.Rate(Kind), create().TakesLabels);

    public override Action Start(int threads)
    {
        INetwork<T> net = Create(threads);
        return Start(net, NewBatches(), Rate);
    }

    public override void Check(int threads)
    {
        INetwork<T> net = Create(threads);
        RandomBatches<T> data = NewBatches();
        if (Kind == WorkloadKind.Predict)
        {
            var outputs = new T[Batch * Sizes[^1]];
            net.Predict(data.X, outputs);
            Comparison.Predictions(Name, Plain, data, [.. outputs.Select(double.CreateTruncating)], IsDouble);
            return;
        }

        Start(net, data, Comparison.Rate(Kind))();
        Comparison.Step(Name, Plain, PlainStepped, PlainNetwork.Of(net), IsDouble);
    }

    private INetwork<T> Create(int threads)
    {
        INetwork<T> net = create();
        ThreadCount.Set(net, threads);
        return net;
    }

    private RandomBatches<T> NewBatches() => new(Sizes[0], Sizes[^1], Batch, Batches);

    private Action Start(INetwork<T> net, RandomBatches<T> data, double rate) => Kind switch
    {
        WorkloadKind.Predict => Predict(net, data),
        WorkloadKind.Descend => Descend(net, data, T.CreateTruncating(rate)),
        _ => Adam(net, data, rate),
    };

    private Action Predict(INetwork<T> net, RandomBatches<T> data)
    {
        var outputs = new T[Batch * Sizes[^1]];
        return () =>
        {
            net.Predict(data.X, outputs);
            data.Next();
        };
    }

    private Action Descend(INetwork<T> net, RandomBatches<T> data, T rate)
    {
        NetworkWorkspace<T> state = net.CreateWorkspace(Batch);
        bool labels = net.TakesLabels;
        return () =>
        {
            _ = labels ? net.DescendStep(data.X, data.Labels, state, rate) : net.DescendStep(data.X, data.Y, state, rate);
            data.Next();
        };
    }

    private Action Adam(INetwork<T> net, RandomBatches<T> data, double rate)
    {
        NetworkWorkspace<T> state = net.CreateWorkspace(Batch);
        OptimizerState<T> optimizer = Optimizer.Adam(rate).CreateState<T>(net.Parameters.Span.Length);
        bool labels = net.TakesLabels;
        return () =>
        {
            _ = labels ? net.TrainStep(data.X, data.Labels, state, optimizer) : net.TrainStep(data.X, data.Y, state, optimizer);
            data.Next();
        };
    }
}
