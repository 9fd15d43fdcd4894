using Xunit;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>A class Net with wrong values for every diagnostic that leaves the members in place.</summary>
internal static class ValueCases
{
    /// <summary>The id and the source of each.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "CDNN0010", Net("[Network]") },
        { "CDNN0010", Net("[Network(4)]") },
        { "CDNN0010", Net("[Network(null!)]") },
        { "CDNN0010", Net("[Network(new int[0], Precision = Precision.Float)]") },
        { "CDNN0011", Net("[Network(4, 0, 1)]") },
        { "CDNN0011", Net("[Network(-2147483648, -1)]") },
        { "CDNN0012", Net("[Network(60_000, 60_000, 1)]") },
        { "CDNN0012", Net("[Network(2147483647, 2147483647, 1)]") },
        { "CDNN0013", Net("[Network(4, 3, 1, Hidden = Activation.Softmax)]") },
        { "CDNN0014", Net("[Network(4, 3, 1, Output = Activation.Softmax)]") },
        { "CDNN0015", Net("[Network(4, 3, 1, Output = Activation.Identity, Loss = Loss.BinaryCrossEntropy)]") },
        { "CDNN0016", Net("[Network(4, 3, 1)] [Layer(3)]") },
        { "CDNN0017", Net("[Network(4, 3, 1)] [Layer(1)] [Layer(1)]") },
        { "CDNN0018", Net("[Network(4, 3, 1, Hidden = Activation.Tanh, HiddenType = typeof(Tanh<>))]") },
        { "CDNN0019", Net("[Network(4, 3, 1, HiddenType = typeof(string))]") },
        { "CDNN0019", Net("[Network(4, 3, 1, LossType = typeof(int[]))]") },
        { "CDNN0021", Net("[Network(4, 3, 1)] [Network(4, 3, 1)]") },
        { "CDNN0021", Net("[Network(4, 3, 1)]") + "[Network(4, 3, 1)] sealed partial class Net;\n" },
        { "CDNN0022", Net("[Network(4, 3, 1)]", "public Net() { }") },
        { "CDNN0023", Net("[Network(4, 3, 1, Hidden = Activation.LeakyReLU, NegativeSlope = -1)]") },
        { "CDNN0023", Net("[Network(4, 3, 1, Precision = (Precision)7)]") },
    };

    private static string Net(string attributes, string members = "") =>
        $"using CompiledDnn;\n{attributes}\nsealed partial class Net {{ {members} }}\n";
}
