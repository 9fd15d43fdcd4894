using System.Globalization;
using CompiledDnn.Package.Tests.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(Feed))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CompiledDnn.Package.Tests.Harness;

/// <summary>
/// A folder of packages of the present sources, packed once for all tests, with a version that no other run has: whatever is restored is
/// what was just packed.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("CompiledDnn.Package.Tests.");

    /// <summary>The version of all packages.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"1.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}");

    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Where the packages are.</summary>
    public string Packages => Path.Combine(_folder.FullName, "feed");

    /// <summary>Where programs keep what they restore. What the machine has already is used from where it is.</summary>
    public string Restored => Path.Combine(_folder.FullName, "restored");

    /// <summary>Packs.</summary>
    public async ValueTask InitializeAsync()
    {
        string project = Path.Combine(Repository, "tests", "CompiledDnn.Package.Tests", "Harness", "Packages.proj");

        // A folder of its own, so that nothing else that is built changes it meanwhile; kept, so that the next run is faster.
        string artifacts = Path.Combine(Repository, "artifacts", "package-tests");
        (await DotNet.Command(
            Repository,
            packages: null,
            "msbuild",
            project,
            $"-p:PackageVersion={Version}",
            $"-p:PackageOutputPath={Packages}",
            $"-p:ArtifactsPath={artifacts}",
            "-p:ContinuousIntegrationBuild=true",
            "-verbosity:minimal")).Succeeds();
    }

    /// <summary>Makes a program's folder.</summary>
    internal Consumer Consumer(string name)
    {
        var consumer = new Consumer(this, Path.Combine(_folder.FullName, name));
        consumer.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="packages under test" value="{Packages}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="what the machine has" value="{MachinePackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return consumer;
    }

    /// <summary>Removes everything.</summary>
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CompiledDnn.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository: CompiledDnn.sln was not found.");
    }
}
