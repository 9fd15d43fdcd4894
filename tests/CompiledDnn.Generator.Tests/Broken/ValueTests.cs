using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>A network whose values are wrong: the one error is ours, the members are all there, and each throws it.</summary>
public class ValueTests
{
    private const string User = """
        using CompiledDnn;
        internal sealed class User(Net.Workspace state, IParameterUpdate<float> update)
        {
            private readonly Net _net = new(seed: 1, Initializer.Default);
            private Net.Workspace _state = state;
            private readonly IParameterUpdate<float> _update = update;

            private readonly float[] _rows = new float[Net.InputSize % 2 + Net.OutputSize % 2 + Net.LayerCount];

            public const int Whole = 1 / Net.InputSize + 1 / Net.OutputSize + 1 / Net.TargetSize + 1 / Net.LayerCount + 1 / Net.ParameterCount;

            public INetwork<float> Network => _net;

            public float Train(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> outputs)
            {
                _state = _net.CreateWorkspace(batchSize: 8);
                _net.Forward(x, _state);
                float cost = _net.Cost(y, _state) + Whole + _rows.Length;
                _net.OutputGradient(y, _state);
                _net.Backward(x, _state);
                _net.Backward(x, y, _state);
                _net.Update(_state, learningRate: 0.1f);
                cost += _net.DescendStep(x, y, _state, learningRate: 0.1f);
                cost += _net.TrainStep(x, y, _state, update: _update);
                _net.Predict(x, outputs);
                _state.DA0.CopyTo(_net.W1);
                _net.B1.Fill(_state.A1[0, 0] + _state.DW1[0, 0] + _state.DB1[0] + _state.DZ1[0, 0]);
                _net.Save(Net.Summary);
                _net.Load(_net.Shape.Name);
                return cost + _net.Predict(x) + Net.WorkspaceBytes(8) + _net.Swap(_net.Parameters).Shape.ParameterCount;
            }

            public void TrainOnLabels(ReadOnlySpan<float> x, ReadOnlySpan<int> labels)
            {
                _net.OutputGradient(labels, _state);
                _net.Backward(x, labels, _state);
                _net.DescendStep(x, labels, _state, _net.Cost(labels, _state));
                _net.TrainStep(x, labels, _state, update: _update);
            }
        }
        """;

    public static TheoryData<string, string> Cases => ValueCases.All;

    [Fact]
    public void Every_diagnostic_of_a_value_has_a_case() => Assert.Equal(
        [.. Enumerable.Range(10, 10), 21, 22, 23],
        Cases.Select(row => int.Parse(row.Data.Item1["CDNN".Length..], null)).Distinct());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_only_error_of_a_project_that_uses_every_member_is_ours(string id, string source)
    {
        Build build = await Build.Of(source, User);

        Assert.NotEmpty(build.Diagnostics);
        Assert.All(build.Diagnostics, diagnostic => Assert.Equal((id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity)));
        Assert.All(build.Diagnostics, diagnostic => Assert.Equal("File0.cs", diagnostic.Location.SourceTree?.FilePath));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_is_called_throws_our_error(string id, string source)
    {
        GeneratorRun run = GeneratorRun.Of(source);
        using var project = new LoadedProject(run.Output.AddSyntaxTrees(Probe.Of(run.Output, "Net")));

        (string Name, Action Call)[] calls = Probe.Calls(project);

        Assert.True(calls.Length > 40, $"only {calls.Length} calls");
        Assert.All(calls, call =>
        {
            var exception = Assert.Throws<InvalidOperationException>(call.Call);
            Assert.StartsWith(id + ": 'Net'", exception.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_probe_calls_what_works_too()
    {
        GeneratorRun run = GeneratorRun.Of("using CompiledDnn;\n[Network(4, 3, 1)] sealed partial class Net;");
        using var project = new LoadedProject(run.Output.AddSyntaxTrees(Probe.Of(run.Output, "Net")));

        Assert.Null(Record.Exception(Probe.Calls(project).Single(call => call.Name.Contains("Net.WorkspaceBytes", StringComparison.Ordinal)).Call));
    }

    [Fact]
    public void The_summary_is_the_error()
    {
        using var project = new LoadedProject(GeneratorRun.Of("[CompiledDnn.Network(4, 0, 1)] sealed partial class Net;").Output);

        Assert.StartsWith("CDNN0011: 'Net'", project.Constant("Net", "Summary") as string, StringComparison.Ordinal);
    }
}
