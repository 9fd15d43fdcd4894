using CompiledDnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>The emitted files, to be read: the file beside this one that bears a test's name is what it emits.</summary>
public class SnapshotTests
{
    [Fact]
    public Task The_notebooks_network() => Snapshot.Check(Run(Networks.Notebook));

    [Fact]
    public Task A_softmax_classifier() => Snapshot.Check(Run(Networks.Softmax));

    [Fact]
    public Task A_regression_in_double_precision() => Snapshot.Check(Run(Networks.Regression));

    [Fact]
    public Task A_network_with_dropout() => Snapshot.Check(Run(Networks.Dropout));

    [Fact]
    public Task An_activation_of_ones_own() => Snapshot.Check(Run(Networks.CustomActivation));

    [Fact]
    public Task A_nested_class() => Snapshot.Check(Run(Networks.Nested));

    [Fact]
    public Task A_namespace_that_holds_the_names_the_code_uses() => Snapshot.Check(Run(Networks.Crowded));

    [Fact]
    public Task Wrong_values() => Snapshot.Check(Run(Networks.Wrong));

#if !VERIFY
    [Fact]
    public void Every_verified_file_belongs_to_a_test() => Assert.Empty(Snapshot.Folder.Orphans(static (testClass, method) =>
        typeof(SnapshotTests).Assembly.GetTypes().Any(type =>
            type.Name == testClass && type.GetMethod(method)?.IsDefined(typeof(FactAttribute), inherit: true) == true)));
#endif

    private static GeneratorDriverRunResult Run(string source) => GeneratorRun.Of(source).Clean().Result;
}
