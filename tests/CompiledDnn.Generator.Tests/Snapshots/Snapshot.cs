using CompiledDnn.Generator.Tests.Docs;
using Microsoft.CodeAnalysis;
using Xunit;
using Xunit.Sdk;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>Compares what the generator emits with the verified files beside this one. tests/README.md says how to accept new ones.</summary>
internal static class Snapshot
{
    /// <summary>The one switch that lets verified files be written: set it to 1 to accept what is emitted now.</summary>
    public const string AcceptVariable = "COMPILEDDNN_ACCEPT_SNAPSHOTS";

    /// <summary>Where the verified files are.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "CompiledDnn.Generator.Tests", "Snapshots");

#if VERIFY
    [System.Runtime.CompilerServices.ModuleInitializer]
    public static void Initialize() => VerifyTests.VerifySourceGenerators.Initialize();

    /// <summary>Compares the files of a run with the verified files of the test that is running.</summary>
    public static Task Check(GeneratorDriverRunResult result) =>
        VerifyXunit.Verifier.Verify(result).UseDirectory(Folder).ToTask();
#else
    /// <summary>Compares the files of a run with the verified files of the test that is running.</summary>
    public static Task Check(GeneratorDriverRunResult result)
    {
        ITestClass type = TestContext.Current.TestClass ?? throw new InvalidOperationException("No test is running.");
        string test = $"{type.TestClassSimpleName}.{TestContext.Current.TestMethod?.MethodName}";
        new SnapshotComparer(Folder, accept: Environment.GetEnvironmentVariable(AcceptVariable) == "1").Compare(test, result);
        return Task.CompletedTask;
    }
#endif
}
