using Xunit;
using static CompiledDnn.Tests.Networks.Subjects;

namespace CompiledDnn.Tests.Networks;

/// <summary>Weights published while other threads predict: every prediction is that of one network or of the other, never of both.</summary>
public class SharingTests
{
    // More than a prediction's tile, so that one call reads the weights many times.
    private const int M = 150;
    private const int Threads = 3;

    [Fact]
    public async Task Swap_never_tears_a_prediction()
    {
        ParameterBlock<float> one = new Classifier(seed: 1).Parameters;
        ParameterBlock<float> other = new Classifier(seed: 2).Parameters;
        var net = new Classifier(seed: 1);
        net.Swap(one);

        await PredictWhile(net, one, other, turn =>
        {
            ParameterBlock<float> published = turn % 2 == 0 ? other : one;
            ParameterBlock<float> before = net.Swap(published);
            Assert.Same(turn % 2 == 0 ? one : other, before);
            Assert.Same(published, net.Parameters);
        });
    }

    [Fact]
    public async Task Load_never_tears_a_prediction()
    {
        string folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;
        try
        {
            string[] files = [Path.Combine(folder, "one.safetensors"), Path.Combine(folder, "other.safetensors")];
            var one = new Classifier(seed: 1);
            var other = new Classifier(seed: 2);
            one.Save(files[0]);
            other.Save(files[1]);
            var net = new Classifier(seed: 1);

            await PredictWhile(net, one.Parameters, other.Parameters, turn => net.Load(files[(turn + 1) % 2]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PredictWhile(Classifier net, ParameterBlock<float> one, ParameterBlock<float> other, Action<int> publish)
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, M * 3).Select(_ => (float)random.NextDouble())];
        float[] ofOne = Predict(one, x);
        float[] ofOther = Predict(other, x);
        Assert.NotEqual(ofOne, ofOther);
        CancellationToken test = TestContext.Current.CancellationToken;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(test);
        using var ready = new CountdownEvent(Threads);

        Task<int>[] readers = [.. Enumerable.Range(0, Threads).Select(reader => Task.Factory.StartNew(
            () => Read(net, x, ofOne, ofOther, withWorkspace: reader == 0, ready, stop.Token),
            test,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        ready.Wait(test);
        try
        {
            for (int turn = 0; turn < 400; turn++)
            {
                publish(turn);
                Thread.Yield();
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        int[] torn = await Task.WhenAll(readers);
        Assert.All(torn, count => Assert.Equal(0, count));
    }

    // How many predictions were those of neither network.
    private static int Read(Classifier net, float[] x, float[] one, float[] other, bool withWorkspace, CountdownEvent ready, CancellationToken stop)
    {
        var outputs = new float[M * 2];
        Classifier.Workspace state = net.CreateWorkspace(M);
        int torn = 0;
        bool first = true;
        do
        {
            if (withWorkspace)
            {
                net.Forward(x, state);
                for (int example = 0; example < M; example++)
                {
                    state.Output(example).CopyTo(outputs.AsSpan(example * 2));
                }
            }
            else
            {
                net.Predict(x, outputs);
            }

            torn += outputs.AsSpan().SequenceEqual(one) || outputs.AsSpan().SequenceEqual(other) ? 0 : 1;
            if (first)
            {
                ready.Signal();
                first = false;
            }
        }
        while (!stop.IsCancellationRequested);
        return torn;
    }

    private static float[] Predict(ParameterBlock<float> parameters, float[] x)
    {
        var net = new Classifier();
        net.Swap(parameters);
        var outputs = new float[M * 2];
        net.Predict(x, outputs);
        return outputs;
    }
}
