using System.Text.Json;

namespace CompiledDnn.Tests.Notebook;

/// <summary>The files beside this one, embedded in the test assembly.</summary>
internal static class GoldenFile
{
    public static JsonElement Read(string name)
    {
        using Stream stream = typeof(GoldenFile).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"The test assembly has no resource '{name}'.");
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
