using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Training;

/// <summary>Each optimiser beside PyTorch's, step by step.</summary>
public class PyTorchOptimizerTests
{
    // Named as in make_optimizer_traces.py.
    private static readonly Dictionary<string, Optimizer> s_optimizers = new()
    {
        ["descent"] = Optimizer.GradientDescent(0.05),
        ["momentum"] = Optimizer.Momentum(0.05),
        ["nesterov"] = Optimizer.Nesterov(0.05),
        ["nesterov 0.5"] = Optimizer.Nesterov(0.1, momentum: 0.5),
        ["rmsprop"] = Optimizer.RMSProp(),
        ["rmsprop 0.9"] = Optimizer.RMSProp(0.002, decay: 0.9, epsilon: 1e-3),
        ["adam"] = Optimizer.Adam(),
        ["adamw"] = Optimizer.AdamW(),
        ["adamw 0.3"] = Optimizer.AdamW(0.02, decay: 0.3, beta1: 0.8, beta2: 0.95, epsilon: 1e-4),
        ["adamw biases too"] = Optimizer.AdamW(0.02, decay: 0.3, decayBiases: true),
    };

    public static TheoryData<string> Names => [.. s_optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_takes_the_steps_of_PyTorch(string name)
    {
        foreach (bool inputMajor in (bool[])[false, true])
        {
            Follow<double>(name, inputMajor, 1e-12);
            Follow<float>(name, inputMajor, 4e-6);
        }
    }

    private static void Follow<T>(string name, bool inputMajor, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkShape shape = OptimizerTrace.Shape<T>(inputMajor);
        OptimizerState<T> state = s_optimizers[name].CreateState<T>(shape);
        T[] parameters = OptimizerTrace.Start<T>(shape);
        Dictionary<int, double[]> points = OptimizerTrace.Points(shape, name).ToDictionary(point => point.Step, point => point.Parameters);
        for (int step = 1; step <= OptimizerTrace.Steps; step++)
        {
            state.Step(parameters, OptimizerTrace.Gradients<T>(shape, step));
            if (points.TryGetValue(step, out double[]? expected))
            {
                Assert.All(expected.Zip(parameters), pair =>
                    Assert.Equal(pair.First, double.CreateChecked(pair.Second), tolerance * Math.Max(1, Math.Abs(pair.First))));
            }
        }

        Assert.Equal(40, state.Steps);
    }
}
