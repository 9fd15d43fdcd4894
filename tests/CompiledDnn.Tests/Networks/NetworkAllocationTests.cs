using Xunit;
using static CompiledDnn.Tests.Networks.Subjects;

namespace CompiledDnn.Tests.Networks;

/// <summary>Not one byte is allocated after the first call on a thread.</summary>
[Collection(nameof(MeasuredAllocations))]
public class NetworkAllocationTests
{
    private const int M = 70;

    [Fact]
    public void Predicting_one_example_allocates_nothing()
    {
        var binary = new Binary(seed: 1);
        var classifier = new Classifier(seed: 1);
        var x = new float[3];
        var outputs = new float[2];

        MeasuredAllocations.None(() => x[0] += binary.Predict(x));
        MeasuredAllocations.None(() => classifier.Predict(x, outputs));
    }

    [Fact]
    public void Predicting_a_batch_allocates_nothing()
    {
        CheckPredict(new Binary(seed: 1));
        CheckPredict(new BinaryDouble(seed: 1));
        CheckPredict(new Classifier(seed: 1));
        CheckPredict(new Regressor(seed: 1));
        CheckPredict(new Wide(seed: 1));
    }

    [Fact]
    public void Predicting_with_a_network_too_wide_for_the_stack_allocates_nothing()
    {
        var net = new TooWideForTheStack(seed: 1);
        CheckPredict(net);
        var x = new float[M * 5];
        var outputs = new float[M * 2];
        TooWideForTheStack.Workspace state = net.CreateWorkspace(M);

        MeasuredAllocations.None(() => net.Predict(x, outputs, state));
    }

    [Fact]
    public void A_larger_batch_after_the_first_call_on_a_thread_allocates_nothing()
    {
        var net = new TooWideForTheStack(seed: 1);
        var x = new float[M * 5];
        var outputs = new float[M * 2];
        net.Predict(x, outputs);
        long least = long.MaxValue;
        for (int i = 0; i < 5 && least > 0; i++)
        {
            var thread = new Thread(() =>
            {
                net.Predict(x.AsSpan(0, 5), outputs.AsSpan(0, 2));
                long before = GC.GetAllocatedBytesForCurrentThread();
                net.Predict(x, outputs);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            });
            thread.Start();
            thread.Join();
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Every_step_of_training_allocates_nothing()
    {
        CheckSteps(new Binary(seed: 1));
        CheckSteps(new BinaryDouble(seed: 1));
        CheckSteps(new Classifier(seed: 1));
        CheckSteps(new Regressor(seed: 1));
        CheckSteps(new Wide(seed: 1));
        CheckSteps(new Gaussian(seed: 1));
        CheckSteps(new TooWideForTheStack(seed: 1));
    }

    [Fact]
    public void Steps_with_labels_allocate_nothing()
    {
        var net = new Classifier(seed: 1);
        Classifier.Workspace state = net.CreateWorkspace(M);
        var x = new float[M * 3];
        var labels = new int[M];

        MeasuredAllocations.None(() =>
        {
            net.Forward(x, state);
            net.Cost(labels, state);
            net.Backward(x, labels, state);
            net.Update(state, 0.1f);
        });
        MeasuredAllocations.None(() => net.DescendStep(x, labels, state, 0.1f));
        OptimizerState<float> adam = Optimizer.Adam().CreateState<float>(net.Shape.BlockLength);
        MeasuredAllocations.None(() => net.TrainStep(x, labels, state, adam));
    }

    private static void CheckPredict<T>(INetwork<T> net)
        where T : unmanaged
    {
        var x = new T[M * net.Shape.InputSize];
        var outputs = new T[M * net.Shape.OutputSize];
        MeasuredAllocations.None(() => net.Predict(x, outputs));
    }

    private static void CheckSteps<T>(INetwork<T> net)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var x = new T[M * net.Shape.InputSize];
        x.AsSpan().Fill(T.One);
        var y = new T[M * net.Shape.TargetSize];
        T rate = T.CreateChecked(0.01);
        NetworkWorkspace<T> state = net.CreateWorkspace(M, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);

        MeasuredAllocations.None(() =>
        {
            net.Forward(x, state);
            net.Cost(y, state);
            net.OutputGradient(y, state);
            net.Backward(x, state);
            net.Update(state, rate);
        });
        MeasuredAllocations.None(() => net.DescendStep(x, y, state, rate));
        OptimizerState<T> adam = Optimizer.Adam().CreateState<T>(net.Shape.BlockLength);
        MeasuredAllocations.None(() => net.TrainStep(x, y, state, adam));
    }
}
