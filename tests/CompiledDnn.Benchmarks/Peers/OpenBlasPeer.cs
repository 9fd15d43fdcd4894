namespace CompiledDnn.Benchmarks;

/// <summary>A workload done with OpenBLAS.</summary>
internal static class OpenBlasPeer
{
    private const float Rate = 1e-3f;

    /// <summary>The time of the faster of the two ways to store the first layer's weights, or null where there is no such peer.</summary>
    public static Timing? Time(Workload workload)
    {
        if (!OpenBlas.IsPresent || !workload.HasPlainPeer)
        {
            return null;
        }

        Timing inputsFirst = Timing.Of(Start(workload, outputsFirst: false));
        Timing outputsFirst = Timing.Of(Start(workload, outputsFirst: true));
        return inputsFirst.Median < outputsFirst.Median ? inputsFirst : outputsFirst;
    }

    private static Action Start(Workload workload, bool outputsFirst)
    {
        OpenBlasNetwork net = new OpenBlasNetwork(workload.Sizes, workload.Batch, outputsFirst).Initialize();
        int outputs = workload.Sizes[^1];
        var data = new RandomBatches<float>(workload.Sizes[0], outputs, Math.Max(2, outputs), workload.Batch, workload.Batches);
        if (!workload.IsTraining)
        {
            return () =>
            {
                net.Forward(data.X);
                data.Next();
            };
        }

        // That it descends shows that the peer does the work: the cost of a batch seen again must fall.
        float first = net.Step(data.X, data.Labels, Rate);
        float second = net.Step(data.X, data.Labels, Rate);
        if (!(second < first))
        {
            throw new InvalidOperationException($"{workload.Name}: the step with OpenBLAS does not descend, from {first} to {second}.");
        }

        return () =>
        {
            net.Step(data.X, data.Labels, Rate);
            data.Next();
        };
    }
}
