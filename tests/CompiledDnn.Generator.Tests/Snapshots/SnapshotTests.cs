using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Tests.Reference;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>Whole emitted files, each also compiled without a warning, loaded, and run against the reference network.</summary>
public class SnapshotTests
{
    [Fact]
    public Task The_notebooks_network() => Check(
        """
        using CompiledDnn;

        namespace Samples;

        [Network(12288, 20, 7, 5, 1)]
        public sealed partial class CatClassifier;
        """,
        project => Comparison.Run(
            project.Network<float>("Samples.CatClassifier"),
            new([12288, 20, 7, 5, 1], ReferenceActivation<float>.ReLU, ReferenceActivation<float>.Sigmoid, ReferenceLoss<float>.SigmoidCrossEntropy),
            binaryTargets: true));

    [Fact]
    public Task A_softmax_classifier() => Check(
        """
        using CompiledDnn;

        namespace Samples;

        [Network(64, 33, 10, Output = Activation.Softmax)]
        public sealed partial class DigitClassifier;
        """,
        project => Comparison.Run(
            project.Network<float>("Samples.DigitClassifier"),
            new([64, 33, 10], ReferenceActivation<float>.ReLU, ReferenceActivation<float>.Softmax, ReferenceLoss<float>.SoftmaxCrossEntropy)));

    [Fact]
    public Task A_regression_in_double_precision() => Check(
        """
        using CompiledDnn;

        [Network(4, 32, 16, 3, Hidden = Activation.Tanh, Output = Activation.Identity, Precision = Precision.Double)]
        internal partial class Surrogate;
        """,
        project => Comparison.Run(
            project.Network<double>("Surrogate"),
            new([4, 32, 16, 3], ReferenceActivation<double>.Tanh, ReferenceActivation<double>.Identity, ReferenceLoss<double>.MeanSquaredError)));

    [Fact]
    public Task An_activation_and_options_of_ones_own() => Check(
        Sources.Swish +
        """
        namespace Samples
        {
            using CompiledDnn;

            [Network(5, 9, 9, 2, HiddenType = typeof(Own.Swish<>), Output = Activation.LeakyReLU, NegativeSlope = 0.125, Loss = Loss.Huber, HuberDelta = 0.25)]
            public sealed partial class Custom;
        }
        """,
        project => Comparison.Run(
            project.Network<float>("Samples.Custom"),
            new(
                [5, 9, 9, 2],
                References.Swish<float>(),
                References.LeakyReLU<float>(0.125f),
                References.Huber<float>(0.25f))));

    [Fact]
    public Task A_nested_class() => Check(
        """
        namespace Samples.Deep;

        internal partial interface IOuter
        {
            private partial record struct Middle
            {
                [CompiledDnn.Network(3, 1)]
                internal sealed partial class @class;
            }
        }
        """,
        project => Comparison.Run(
            project.Network<float>("Samples.Deep.IOuter+Middle+class"),
            new([3, 1], ReferenceActivation<float>.ReLU, ReferenceActivation<float>.Sigmoid, ReferenceLoss<float>.SigmoidCrossEntropy),
            binaryTargets: true));

    [Fact]
    public Task Types_named_like_ours() => Check(
        """
        namespace Samples
        {
            internal class ReLU;
            internal class DenseForward;
            internal class System;
            internal class CompiledDnn;
            internal class NetworkShape;

            [global::CompiledDnn.Network(17, 6, 2)]
            public sealed partial class Net
            {
                private class ReadOnlySpan;
                private class Kernels;
                private class ArgumentNullException;
            }
        }
        """,
        project => Comparison.Run(
            project.Network<float>("Samples.Net"),
            new([17, 6, 2], ReferenceActivation<float>.ReLU, ReferenceActivation<float>.Sigmoid, ReferenceLoss<float>.SigmoidCrossEntropy),
            binaryTargets: true));

    [Fact]
    public Task A_network_with_wrong_values() => Check(
        """
        using CompiledDnn;

        namespace Samples;

        [Network(8, 4, 2, Loss = Loss.CategoricalCrossEntropy)]
        public sealed partial class Wrong;
        """,
        project => Assert.StartsWith("CDNN0015: 'Wrong'", (string)project.Type("Samples.Wrong").GetField("Summary")!.GetValue(null)!, StringComparison.Ordinal));

    private static async Task Check(string source, Action<LoadedProject> run)
    {
        GeneratorRun generated = GeneratorRun.Of(source);
        using (LoadedProject project = generated.Load())
        {
            run(project);
        }

        await Snapshot.Check(generated.Result);
    }
}
