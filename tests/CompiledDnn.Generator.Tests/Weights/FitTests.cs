using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Tests.Diagnostics;
using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace CompiledDnn.Generator.Tests.Weights;

/// <summary>Weights that do not fit are an error at the class, which shows both shapes; those that fit are none.</summary>
public class FitTests
{
    private const string Net = "[Network(30, 8, 1)] partial class {|#0:Net|};";

    public static TheoryData<string[], string> Misfits { get; } = new()
    {
        {
            [.. Tensors(30, 16, 1)],
            "the file has [30, 16, 1], but the network is [30, 8, 1] ('0.weight' has the shape [16, 30], not [8, 30]): give the attribute those sizes, or the network another file"
        },
        {
            [.. Tensors(30, 8)],
            "the file has [30, 8], but the network is [30, 8, 1] ('2.weight' of shape [1, 8] is missing): give the attribute those sizes, or the network another file"
        },
        {
            [.. Tensors(30, 8, 1, 1)],
            "the file has [30, 8, 1, 1], but the network is [30, 8, 1] ('4.bias' of shape [1] belongs to no layer): give the attribute those sizes, or the network another file"
        },
        {
            ["tensor F32 [8, 30] fc1.weight", "tensor F32 [8] fc1.bias"],
            "the file has the tensors fc1.weight [8, 30], fc1.bias [8], but the network is [30, 8, 1] ('0.weight' of shape [8, 30] is missing): give the attribute those sizes, or the network another file"
        },
        { [], "the file has no tensors, but the network is [30, 8, 1] ('0.weight' of shape [8, 30] is missing): give the attribute those sizes, or the network another file" },
        { ["problem it is no safetensors file"], "it is no safetensors file" },
        { [.. Tensors(30, 8, 1).Select(line => line.Replace("F32", "I64", StringComparison.Ordinal))], "'0.bias' is read from F64, F32, F16 or BF16, but it is I64: convert the file first" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public Task Weights_that_do_not_fit_are_an_error_at_the_class(string[] lines, string problem) => Reports(
        Net,
        [WeightsFile.WithLines("Net", "net.safetensors", lines)],
        NetworkTest.Result(DiagnosticDescriptors.WeightsDoNotFit, "net.safetensors", problem).WithLocation(0));

    [Fact]
    public Task Weights_that_fit_are_none() => Reports(Net, [WeightsFile.Of("Net", "net.safetensors", 30, 8, 1)]);

    [Fact]
    public Task Tensors_of_a_checkpoint_are_passed_over() => Reports(
        Net, [WeightsFile.WithLines("Net", "net.safetensors", [.. Tensors(30, 8, 1), "tensor F64 [17] training.adam.m"])]);

    [Fact]
    public Task Weights_of_another_class_are_nothing_to_this_one() => Reports(Net, [WeightsFile.Of("Other", "other.safetensors", 3, 1)]);

    [Fact]
    public Task A_second_file_is_one_too_many() => Reports(
        Net,
        [WeightsFile.Of("Net", "net.safetensors", 30, 8, 1), WeightsFile.Of("Net", "again.safetensors", 30, 8, 1)],
        NetworkTest.Result(
            DiagnosticDescriptors.WeightsDoNotFit, "again.safetensors", "'net.safetensors' is given for the network too: remove one of them").WithLocation(0));

    [Theory]
    [InlineData("public int Pretrained => 1;", "Pretrained")]
    [InlineData("public void CreatePretrained() { }", "CreatePretrained")]
    public Task A_member_of_the_users_takes_the_name(string member, string name) => Reports(
        $"[Network(30, 8, 1)] partial class {{|#0:Net|}} {{ {member} }}",
        [WeightsFile.Of("Net", "net.safetensors", 30, 8, 1)],
        NetworkTest.Result(
            DiagnosticDescriptors.WeightsDoNotFit,
            "net.safetensors",
            $"the class has a member '{name}' already, the name of one that is generated for them: rename it").WithLocation(0));

    [Fact]
    public void Without_weights_the_names_are_the_users() =>
        Assert.Single(GeneratorRun.Of("[CompiledDnn.Network(3, 1)] partial class Net { public static int Pretrained => 1; }").Clean().Texts);

    [Fact]
    public Task Where_the_attribute_is_wrong_it_is_the_one_error() => Reports(
        "[Network(30, {|#0:0|})] partial class Net;",
        [WeightsFile.Of("Net", "net.safetensors", 30, 8, 1)],
        new DiagnosticResult(DiagnosticDescriptors.SizeNotPositive).WithLocation(0).WithArguments("Net", "outputs of layer 1", 0));

    private static IEnumerable<string> Tensors(params int[] sizes) => WeightsFile.Of("Net", "net.safetensors", sizes)
        .GetText(TestContext.Current.CancellationToken)
        .Lines
        .Select(line => line.ToString())
        .Where(line => line.StartsWith("tensor", StringComparison.Ordinal));

    private static Task Reports(string source, WeightsFile[] files, params DiagnosticResult[] expected)
    {
        var test = new NetworkTest(source);
        foreach (WeightsFile file in files)
        {
            string name = FormattableString.Invariant($"{test.TestState.AdditionalFiles.Count}.networkweights.txt");
            test.TestState.AdditionalFiles.Add((name, file.GetText(TestContext.Current.CancellationToken)));
        }

        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
