namespace CompiledDnn.Benchmarks;

/// <summary>Where a step's time goes.</summary>
internal static class Pieces
{
    public static void Print<T>(string name, INetwork<T> net, int batch, double peak)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var data = new RandomBatches<T>(net.Shape, batch, 1);
        NetworkWorkspace<T> state = net.CreateWorkspace(batch);
        double forward = Timing.Of(() => net.Forward(data.X, state)).Median;
        double cost = Timing.Of(() => _ = net.TakesLabels ? net.Cost(data.Labels, state) : net.Cost(data.Y, state)).Median;
        double output = Timing.Of(() =>
        {
            if (net.TakesLabels)
            {
                net.OutputGradient(data.Labels, state);
            }
            else
            {
                net.OutputGradient(data.Y, state);
            }
        }).Median;
        double backward = Timing.Of(() => net.Backward(data.X, state)).Median;
        Console.WriteLine($"{name}: forward {forward * 1e6:F2}, cost {cost * 1e6:F2}, output gradient {output * 1e6:F2}, backward {backward * 1e6:F2} us");
    }
}
