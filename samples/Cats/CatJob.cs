using System.Diagnostics;
using System.Numerics;
using CompiledDnn;

namespace Samples.Cats;

/// <summary>The notebook's training loop, for either precision: every step goes over all pictures.</summary>
internal static class CatJob
{
    private const int ReportEvery = 100;

    public static void Run<T>(INetwork<T> network, CatData data, Options options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = data.Train.Inputs<T>();
        T[] y = data.Train.Targets<T>();
        T learningRate = T.CreateChecked(options.LearningRate);
        NetworkWorkspace<T> state = network.CreateWorkspace(data.Train.Count);

        var watch = Stopwatch.StartNew();
        for (int k = 0; k < options.Iterations; k++)
        {
            // Forward, cost, backward and update; the cost is that of the weights before the update.
            T cost = network.DescendStep(x, y, state, learningRate);
            if (k % ReportEvery == 0 || k == options.Iterations - 1)
            {
                Report.Cost(k, cost);
            }
        }

        watch.Stop();
        network.Forward(x, state);
        Report.Trained(options.Iterations, network.Cost(y, state), watch.Elapsed);
        Report.Accuracy("train", Accuracy(network, x, data.Train.Labels));
        Report.Accuracy("test", Accuracy(network, data.Test.Inputs<T>(), data.Test.Labels));
    }

    private static double Accuracy<T>(INetwork<T> network, T[] x, byte[] labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var predictions = new T[labels.Length];
        network.Predict(x, predictions);
        T half = T.CreateChecked(0.5);
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            right += (predictions[i] > half) == (labels[i] == 1) ? 1 : 0;
        }

        return (double)right / labels.Length;
    }
}
