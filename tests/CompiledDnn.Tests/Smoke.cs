using Xunit;
namespace CompiledDnn.Tests;
[Network(30, 16, 8, 1)] public sealed partial class Smoke1;
[Network(64, 128, 64, 10, Output = Activation.Softmax)] public sealed partial class Smoke2;
[Network(4, 32, 16, 4, Hidden = Activation.Tanh, Output = Activation.Identity, Precision = Precision.Double)]
[Layer(2, Activation = Activation.SiLU)] public sealed partial class Smoke3;
public class SmokeTest
{
    [Fact] public void Runs()
    {
        var net = new Smoke2(seed: 1);
        var ws = net.CreateWorkspace(3);
        var x = new float[3 * 64]; for (int i = 0; i < x.Length; i++) x[i] = MathF.Sin(i);
        int[] labels = [1, 5, 9];
        float c0 = net.DescendStep(x, labels, ws, 0.1f), c = 0;
        for (int i = 0; i < 50; i++) c = net.DescendStep(x, labels, ws, 0.1f);
        Assert.True(c < c0 / 5, $"{c0} {c}");
        var o = new float[30]; net.Predict(x, o);
        Assert.Equal(3, ws.Capacity);
    }
}
