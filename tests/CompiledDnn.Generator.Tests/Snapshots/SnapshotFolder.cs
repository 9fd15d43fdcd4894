using System.Text;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>
/// A folder of verified files with the conventions of Verify.SourceGenerators: Class.Method#HintName.verified.cs, the hint name without
/// .cs, and in the first line the hint name whole. What came instead is written beside it as .received.cs.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="accept">True to write verified files instead of comparing with them.</param>
internal sealed class SnapshotFolder(string path, bool accept)
{
    private const string Verified = ".verified.cs";

    private const string Received = ".received.cs";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Compares the files of one test, and leaves a received file for each that differs and for no other.</summary>
    /// <param name="testClass">The test's class.</param>
    /// <param name="method">The test.</param>
    /// <param name="files">What was emitted.</param>
    /// <returns>What is wrong, in words; nothing if all is as verified.</returns>
    public IReadOnlyList<string> Compare(string testClass, string method, IEnumerable<(string HintName, string Text)> files)
    {
        string prefix = $"{testClass}.{method}#";
        var problems = new List<string>();
        Dictionary<string, string> emitted = files.ToDictionary(
            file => prefix + Path.GetFileNameWithoutExtension(file.HintName),
            file => Normalize($"//HintName: {file.HintName}\n{file.Text}"),
            StringComparer.Ordinal);
        foreach (string stale in Stems(prefix, Received))
        {
            File.Delete(PathOf(stale, Received));
        }

        foreach (string orphan in Stems(prefix, Verified).Where(stem => !emitted.ContainsKey(stem)))
        {
            Remove(orphan, problems);
        }

        foreach ((string stem, string text) in emitted.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            CompareFile(stem, text, problems);
        }

        return problems;
    }

    /// <summary>The verified files whose test is gone.</summary>
    /// <param name="exists">Whether there is a test of this class and method.</param>
    public IReadOnlyList<string> Orphans(Func<string, string, bool> exists) =>
    [
        .. Stems("", Verified)
            .Where(stem => stem.Split('#', 2)[0].Split('.', 2) is not [var testClass, var method] || !exists(testClass, method))
            .Select(stem => $"{stem}{Verified}: no test has this name. Remove the file."),
    ];

    private void CompareFile(string stem, string text, List<string> problems)
    {
        string file = PathOf(stem, Verified);
        if (accept)
        {
            File.WriteAllText(file, text, s_utf8);
            return;
        }

        string? verified = File.Exists(file) ? Normalize(File.ReadAllText(file)) : null;
        if (verified == text)
        {
            return;
        }

        File.WriteAllText(PathOf(stem, Received), text, s_utf8);
        problems.Add(verified is null
            ? $"{stem}{Verified}: missing. Read {stem}{Received} and accept it."
            : $"{stem}{Verified}: {FirstDifference(verified, text)}");
    }

    private void Remove(string orphan, List<string> problems)
    {
        if (accept)
        {
            File.Delete(PathOf(orphan, Verified));
            return;
        }

        problems.Add($"{orphan}{Verified}: the test emits no such file. Remove it.");
    }

    private static string FirstDifference(string verified, string received)
    {
        string[] expected = verified.Split('\n');
        string[] actual = received.Split('\n');
        int line = 0;
        while (line < Math.Min(expected.Length, actual.Length) && expected[line] == actual[line])
        {
            line++;
        }

        return $"differs first in line {line + 1}.\n  verified: {LineOrEnd(expected, line)}\n  received: {LineOrEnd(actual, line)}";
    }

    private static string LineOrEnd(string[] lines, int line) => line < lines.Length ? lines[line] : "(the file ends)";

    private string PathOf(string stem, string ending) => Path.Combine(path, stem + ending);

    // By hand and not by a pattern, in which * and ? of a test's name would mean something.
    private List<string> Stems(string prefix, string ending) =>
    [
        .. Directory.EnumerateFiles(path)
            .Select(file => Path.GetFileName(file))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal))
            .Select(name => name[..^ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    private static string Normalize(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
