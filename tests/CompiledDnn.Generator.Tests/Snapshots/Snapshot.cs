using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Xunit;
#if !VERIFY
using CompiledDnn.Generator.Tests.Docs;
#endif

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>The one way to compare emitted files with those that were read and accepted. See tests/README.md.</summary>
internal static class Snapshot
{
#if VERIFY
    static Snapshot() => VerifyTests.VerifySourceGenerators.Initialize();

    /// <summary>Compares every emitted file with its verified one, with the Verify package.</summary>
    public static async Task Check(GeneratorDriverRunResult result, [CallerFilePath] string file = "") =>
        await VerifyXunit.Verifier.Verify(result, sourceFile: file);
#else
    /// <summary>Set to 1, verified files are written instead of compared.</summary>
    private const string AcceptVariable = "ACCEPT_SNAPSHOTS";

    /// <summary>The verified files, wherever the sources were when the tests were compiled.</summary>
    public static SnapshotFolder Folder { get; } = new(
        Path.Combine(Repository.Root, "tests", "CompiledDnn.Generator.Tests", "Snapshots"),
        accept: Environment.GetEnvironmentVariable(AcceptVariable) == "1");

    /// <summary>Compares every emitted file with its verified one.</summary>
    /// <param name="result">What the generator did; without diagnostics.</param>
    /// <param name="file">The test's file, named after its class.</param>
    /// <param name="method">The test.</param>
    public static Task Check(GeneratorDriverRunResult result, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        Assert.Empty(result.Diagnostics);
        string testClass = Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
        IReadOnlyList<string> problems = Folder.Compare(testClass, method, result.Results
            .SelectMany(generator => generator.GeneratedSources)
            .Select(source => (source.HintName, source.SourceText.ToString())));
        Assert.True(problems.Count == 0, $"{string.Join("\n", problems)}\nWhat to do is in tests/README.md ({AcceptVariable}=1 accepts).");
        return Task.CompletedTask;
    }
#endif
}
