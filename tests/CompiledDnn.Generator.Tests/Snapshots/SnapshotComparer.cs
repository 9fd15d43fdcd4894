using System.Text;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>
/// Golden files with the names and the form of Verify.SourceGenerators: <c>Class.Method#Hint.g.verified.cs</c>, whose first line is
/// <c>//HintName: Hint.g.cs</c>, and <c>.received.cs</c> beside it where they differ.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="accept">True to write verified files and to delete those that nothing emits. Otherwise they are only read.</param>
internal sealed class SnapshotComparer(string folder, bool accept)
{
    /// <summary>Compares the files of a run with the verified files of a test.</summary>
    /// <param name="test">Class.Method.</param>
    /// <param name="result">The run.</param>
    /// <exception cref="Xunit.Sdk.XunitException">They differ.</exception>
    public void Compare(string test, GeneratorDriverRunResult result)
    {
        Assert.Empty(result.Diagnostics);
        Compare(test, result.Results.SelectMany(generator => generator.GeneratedSources).Select(source => (source.HintName, source.SourceText.ToString())));
    }

    /// <summary>Compares emitted files with the verified files of a test.</summary>
    /// <param name="test">Class.Method.</param>
    /// <param name="emitted">Hint names and texts.</param>
    /// <exception cref="Xunit.Sdk.XunitException">They differ.</exception>
    public void Compare(string test, IEnumerable<(string HintName, string Text)> emitted)
    {
        foreach (string stale in Directory.GetFiles(folder, $"{test}#*.received.cs"))
        {
            File.Delete(stale);
        }

        var orphans = Directory.GetFiles(folder, $"{test}#*.verified.cs").ToHashSet();
        var problems = new List<string>();
        foreach ((string hintName, string text) in emitted)
        {
            string path = Path.Combine(folder, $"{test}#{Path.GetFileNameWithoutExtension(hintName)}");
            orphans.Remove(path + ".verified.cs");
            CompareFile(path, $"//HintName: {hintName}\n{Normalize(text)}", problems);
        }

        foreach (string orphan in orphans)
        {
            RejectOrphan(orphan, problems);
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    private void CompareFile(string path, string received, List<string> problems)
    {
        string verifiedPath = path + ".verified.cs";
        string? verified = File.Exists(verifiedPath) ? Normalize(File.ReadAllText(verifiedPath)) : null;
        if (verified == received)
        {
            return;
        }

        if (accept)
        {
            Write(verifiedPath, received);
            return;
        }

        Write(path + ".received.cs", received);
        string name = Path.GetFileName(verifiedPath);
        problems.Add(verified is null ? $"{name} is missing." : $"{name} differs.\n{FirstDifference(verified, received)}");
    }

    private void RejectOrphan(string path, List<string> problems)
    {
        if (accept)
        {
            File.Delete(path);
            return;
        }

        problems.Add($"{Path.GetFileName(path)} is an orphan: nothing emits it any more.");
    }

    private static string FirstDifference(string verified, string received)
    {
        string[] expected = verified.Split('\n');
        string[] actual = received.Split('\n');
        int line = Enumerable.Range(0, Math.Max(expected.Length, actual.Length)).First(i => At(expected, i) != At(actual, i));
        return $"line {line + 1}\nverified: {At(expected, line)}\nreceived: {At(actual, line)}";
    }

    private static string At(string[] lines, int line) => line < lines.Length ? lines[line] : "(end of file)";

    // Git or an editor may have changed line ends, or put a mark in front.
    private static string Normalize(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n");

    // With a byte-order mark, as Verify writes it.
    private static void Write(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
}
