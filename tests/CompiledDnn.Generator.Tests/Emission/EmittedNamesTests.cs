using CompiledDnn.Generator.Emission;
using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Emission;

/// <summary>The list of names that a user must leave free is that of the members which are emitted.</summary>
public class EmittedNamesTests
{
    // Between them, networks with every part that depends on what is asked for, all of two layers.
    private static readonly string[] s_networks =
    [
        "[Network(4, 3, 1)]",
        "[Network(4, 3, 2, Output = Activation.Softmax)]",
        "[Network(4, 3, 2, Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = 0.5, Precision = Precision.Double)]",
        "[Network(4, 3, 2, Hidden = Activation.LeakyReLU, NegativeSlope = 0.1)]",
        "[Network(4, 3, 1, Dropout = 0.1)] [Layer(1, Dropout = 0.2)]",
        "[Network(100, 60, 10, Output = Activation.Softmax)]",
        "[Network(9001, 20, 1)]",
        "[Network(4096, 20, 1)]",
        "[Network(4, 9000, 3)]",
        "[Network(4, 3, 0)]",
    ];

    [Fact]
    public void Every_member_is_on_the_list()
    {
        HashSet<string> names = EmittedNames.For(2);

        Assert.All(s_networks, network => Assert.Empty(Members(network).Except(names)));
    }

    [Fact]
    public void Every_name_on_the_list_is_a_member_of_some_network() =>
        Assert.Empty(EmittedNames.For(2).Except(s_networks.SelectMany(Members)));

    [Theory]
    [InlineData("[Network]")]
    [InlineData("[Network(4)]")]
    public void With_too_few_sizes_the_members_are_those_of_one_layer(string network) =>
        Assert.Empty(Members(network).Except(EmittedNames.For(1)));

    [Fact]
    public void Every_name_on_the_list_is_refused_as_a_member_of_the_users()
    {
        foreach (string name in EmittedNames.For(2))
        {
            GeneratorRun run = GeneratorRun.Of($"[CompiledDnn.Network(4, 3, 1)] partial class Net {{ public int {name} => 1; }}");

            Assert.Empty(run.Texts);
            Assert.Equal("CDNN0100", Assert.Single(run.Result.Diagnostics).Id);
        }
    }

    [Fact]
    public void A_class_named_like_anything_inside_the_workspace_or_a_layer_compiles()
    {
        INamedTypeSymbol net = Net("[Network(4, 3, 2, Output = Activation.Identity, Loss = Loss.Huber, HuberDelta = 0.5)]");
        string[] names = [.. net.GetTypeMembers().SelectMany(type => type.GetMembers()).Where(IsNamed).Select(member => member.Name).Distinct()];
        string[] classes = [.. names.Except(EmittedNames.For(2)).Select(name => $"[Network(4, 3, 2, Output = Activation.Identity, Loss = Loss.Huber)] partial class {name};")];

        Assert.Contains("DZ1", names);
        Assert.Contains("WeightStride", names);
        GeneratorRun run = GeneratorRun.Of("using CompiledDnn;\n" + string.Join("\n", classes)).Clean();
        Assert.Equal(classes.Length, run.Texts.Count);
    }

    private static IEnumerable<string> Members(string network) => Net(network).GetMembers().Where(IsNamed).Select(member => member.Name).Distinct();

    private static INamedTypeSymbol Net(string network)
    {
        GeneratorRun run = GeneratorRun.Of($"using CompiledDnn;\n{network} partial class Net;").Clean();
        INamedTypeSymbol? net = run.Output.GetTypeByMetadataName("Net");
        Assert.NotNull(net);
        return net;
    }

    // Not constructors, getters, and what only the interface names.
    private static bool IsNamed(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && member is INamedTypeSymbol or IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary };
}
