namespace CompiledDnn.Tests.Files;

/// <summary>A folder of a test, removed at its end with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
