namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>The projects whose emitted files are kept, as a user would write them.</summary>
internal static class Networks
{
    public const string Notebook =
        """
        using CompiledDnn;

        namespace Samples;

        /// <summary>The notebook's network.</summary>
        [Network(12288, 20, 7, 5, 1)]
        public sealed partial class CatClassifier;
        """;

    public const string Softmax =
        """
        using CompiledDnn;

        namespace Samples;

        /// <summary>Ten classes.</summary>
        [Network(64, 128, 64, 10, Output = Activation.Softmax)]
        public sealed partial class DigitClassifier;
        """;

    public const string Regression =
        """
        using CompiledDnn;

        namespace Samples;

        /// <summary>Four numbers from four.</summary>
        [Network(4, 32, 16, 4, Hidden = Activation.Tanh, Output = Activation.Identity, Precision = Precision.Double)]
        [Layer(2, Activation = Activation.SiLU)]
        public sealed partial class Surrogate;
        """;

    public const string Dropout =
        """
        using CompiledDnn;

        namespace Samples;

        /// <summary>Training drops half of layer 1 and a tenth of layer 2.</summary>
        [Network(784, 128, 64, 10, Output = Activation.Softmax, Dropout = 0.5)]
        [Layer(2, Activation = Activation.SiLU, Dropout = 0.1)]
        public sealed partial class Cautious;
        """;

    public const string CustomActivation =
        """
        using System.Numerics;
        using CompiledDnn;

        namespace Samples;

        /// <summary>A network with an activation of its own.</summary>
        [Network(30, 16, 1, HiddenType = typeof(Swish<>))]
        public partial class Custom;

        /// <summary>a = z σ(z).</summary>
        public readonly struct Swish<T> : IActivation<T>, IDerivativeFromInput<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            /// <inheritdoc/>
            public static V Apply<Ops, V>(V z) where Ops : struct, IVectorOps<V, T> where V : struct =>
                Ops.Multiply(z, Ops.Sigmoid(z));

            /// <inheritdoc/>
            public static V DerivativeFromInput<Ops, V>(V z) where Ops : struct, IVectorOps<V, T> where V : struct
            {
                V s = Ops.Sigmoid(z);
                return Ops.MultiplyAdd(Ops.Multiply(z, s), Ops.Subtract(Ops.One, s), s);
            }
        }
        """;

    public const string Nested =
        """
        using CompiledDnn;

        namespace Samples.Plant;

        internal static partial class Controller
        {
            public partial record struct Stage
            {
                [Network(3, 8, 2, Hidden = Activation.LeakyReLU, NegativeSlope = 0.2, Loss = Loss.Huber, HuberDelta = 0.5, Output = Activation.Identity)]
                private sealed partial class Model;
            }
        }
        """;

    public const string Crowded =
        """
        namespace Crowded;

        [global::CompiledDnn.Network(5, 4, 3)]
        internal sealed partial class Net;

        internal sealed class ReLU;
        internal sealed class DenseForward;
        internal sealed class System;
        internal sealed class CompiledDnn;
        internal sealed class INetwork<T>;
        internal sealed class NetworkWorkspace<T>;
        internal sealed class ReadOnlySpan<T>;
        internal sealed class GeneratedCode;
        internal sealed class Sigmoid<T>;
        internal sealed class Workspace;
        internal sealed class Layer1;
        """;

    public const string Wrong =
        """
        using CompiledDnn;

        namespace Samples;

        /// <summary>A size is missing.</summary>
        [Network(3, 0, 1)]
        public sealed partial class Unfinished;
        """;
}
