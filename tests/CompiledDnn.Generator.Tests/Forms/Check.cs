using CompiledDnn.Generator.Tests.Snapshots;
using CompiledDnn.Tests.Reference;
using PlainActivation = CompiledDnn.Tests.Reference.ReferenceActivation<double>;
using PlainLoss = CompiledDnn.Tests.Reference.ReferenceLoss<double>;

namespace CompiledDnn.Generator.Tests.Forms;

/// <summary>What the networks of these tests must compute.</summary>
internal static class Check
{
    /// <summary>Fails unless the network computes what [Network(3, 8, 1)] says.</summary>
    public static void Agrees(INetwork<float> net) => Agrees(net, [3, 8, 1], [PlainActivation.ReLU, PlainActivation.Sigmoid], PlainLoss.SigmoidCrossEntropy);

    /// <summary>Fails unless the network computes what the plain one does.</summary>
    public static void Agrees(INetwork<float> net, int[] sizes, PlainActivation[] activations, PlainLoss loss) =>
        Agreement.Check(net, new ReferenceNetwork<double>(sizes, activations, loss));
}
