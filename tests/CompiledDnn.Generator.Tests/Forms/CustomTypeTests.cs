using CompiledDnn.Generator.Tests.Harness;
using Xunit;
using PlainActivation = CompiledDnn.Tests.Reference.ReferenceActivation<double>;
using PlainLoss = CompiledDnn.Tests.Reference.ReferenceLoss<double>;

namespace CompiledDnn.Generator.Tests.Forms;

/// <summary>Activations and losses of a user's own, wherever they are declared and however many type parameters they have.</summary>
public class CustomTypeTests
{
    // a = z + z²/2, g' = 1 + z
    private static readonly PlainActivation s_bent = PlainActivation.Elementwise("Bent", z => z + (0.5 * z * z), z => 1 + z);

    // (a − y)⁴
    private static readonly PlainLoss s_quartic = PlainLoss.Averaged("Quartic", (a, y) => Math.Pow(a - y, 4), (a, y) => 4 * Math.Pow(a - y, 3));

    [Theory]
    [InlineData("Bent<>", "readonly struct Bent<T>{0}")]
    [InlineData("Zoo.Bent<>", "namespace Zoo { readonly struct Bent<T>{0} }")]
    [InlineData("Zoo.Bent<>", "static class Zoo { internal readonly struct Bent<T>{0} }")]
    [InlineData("@event.@new.Bent<>", "namespace @event { interface @new { struct Bent<T>{0} } }")]
    [InlineData("Bent<float>", "readonly struct Bent<T>{0}")]
    [InlineData("Bent", "struct Bent{1}")]
    [InlineData("Zoo.@struct", "class Zoo { internal struct @struct{1} }")]
    [InlineData("Zoo<int[]>.Bent", "class Zoo<TAny> { internal struct Bent{1} }")]
    [InlineData("Net.Bent<>", "partial class Net { private readonly struct Bent<T>{0} }")]
    [InlineData("ReLU<>", "readonly struct ReLU<T>{0}")]
    public void An_activation(string type, string declaration)
    {
        const string Members =
            """
            {
                public static V Apply<O, V>(V z) where O : struct, CompiledDnn.IVectorOps<V, T> where V : struct =>
                    O.Add(z, O.Multiply(O.Constant(0.5), O.Multiply(z, z)));

                public static V DerivativeFromInput<O, V>(V z) where O : struct, CompiledDnn.IVectorOps<V, T> where V : struct => O.Add(O.One, z);
            }
            """;
        Agrees(
            $"HiddenType = typeof({type})",
            declaration,
            Interfaces("IActivation", "IDerivativeFromInput"),
            Members,
            [s_bent, PlainActivation.Identity],
            PlainLoss.MeanSquaredError);
    }

    [Theory]
    [InlineData("Quartic<>", "readonly struct Quartic<T>{0}")]
    [InlineData("Zoo.Quartic<>", "static class Zoo { internal readonly struct Quartic<T>{0} }")]
    [InlineData("Quartic", "struct Quartic{1}")]
    [InlineData("Zoo<string>.Quartic", "class Zoo<TAny> { internal struct Quartic{1} }")]
    public void A_loss(string type, string declaration)
    {
        const string Members =
            """
            {
                public static bool AveragesOutputs => true;

                public static V Value<O, V>(V a, V y) where O : struct, CompiledDnn.IVectorOps<V, T> where V : struct
                {
                    V squared = O.Multiply(O.Subtract(a, y), O.Subtract(a, y));
                    return O.Multiply(squared, squared);
                }

                public static V Derivative<O, V>(V a, V y) where O : struct, CompiledDnn.IVectorOps<V, T> where V : struct
                {
                    V d = O.Subtract(a, y);
                    return O.Multiply(O.Constant(4), O.Multiply(d, O.Multiply(d, d)));
                }
            }
            """;
        Agrees(
            $"Hidden = CompiledDnn.Activation.Tanh, LossType = typeof({type})",
            declaration,
            Interfaces("IElementwiseLoss"),
            Members,
            [PlainActivation.Tanh, PlainActivation.Identity],
            s_quartic);
    }

    private static string Interfaces(params string[] names) => string.Join(", ", names.Select(name => $"CompiledDnn.{name}<T>"));

    // {0} in a declaration stands for interfaces and members of a generic struct, {1} for those of one for float alone.
    private static void Agrees(string option, string declaration, string interfaces, string members, PlainActivation[] activations, PlainLoss loss)
    {
        string generic = $" : {interfaces} where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>\n{members}";
        string closed = $" : {interfaces}\n{members}".Replace("<T>", "<float>", StringComparison.Ordinal).Replace("<V, T>", "<V, float>", StringComparison.Ordinal);
        using LoadedProject project = GeneratorRun.Of(
            $"[CompiledDnn.Network(3, 8, 2, {option}, Output = CompiledDnn.Activation.Identity)] partial class Net;",
            declaration.Replace("{0}", generic, StringComparison.Ordinal).Replace("{1}", closed, StringComparison.Ordinal)).Load();

        Check.Agrees(project.Create<float>("Net"), [3, 8, 2], activations, loss);
    }
}
