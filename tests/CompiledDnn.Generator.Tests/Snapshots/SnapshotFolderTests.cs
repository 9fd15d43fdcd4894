using System.Text;
using Xunit;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>The comparer fails on whatever differs, and writes nothing verified unless told to.</summary>
public sealed class SnapshotFolderTests : IDisposable
{
    private const string Verified = "Tests.Emits#Net.g.verified.cs";
    private const string Received = "Tests.Emits#Net.g.received.cs";
    private const string Text = "//HintName: Net.g.cs\nclass Net;\n";

    private readonly string _path = Directory.CreateTempSubdirectory("snapshots").FullName;

    [Fact]
    public void An_equal_file_is_right()
    {
        Write(Verified, Text);

        Assert.Empty(Compare("class Net;\n"));
        Assert.Equal([Verified], Files());
    }

    [Theory]
    [InlineData("//HintName: Net.g.cs\r\nclass Net;\r\n")]
    [InlineData("//HintName: Net.g.cs\rclass Net;\r")]
    [InlineData("\uFEFF//HintName: Net.g.cs\nclass Net;\n")]
    public void Line_ends_and_a_byte_order_mark_do_not_matter(string verified)
    {
        Write(Verified, verified);

        Assert.Empty(Compare("class Net;\n"));
        Assert.Empty(Compare("class Net;\r\n"));
    }

    [Theory]
    [InlineData("class Net;", "line 3")]
    [InlineData("class Net; \n", "line 2")]
    [InlineData("class Net;\n\n", "line 4")]
    [InlineData("\nclass Net;\n", "line 2")]
    [InlineData("class net;\n", "line 2")]
    public void Any_other_difference_fails_and_leaves_what_was_received(string text, string line)
    {
        Write(Verified, Text);

        string problem = Assert.Single(Compare(text));

        Assert.StartsWith($"{Verified}: differs first in {line}.", problem, StringComparison.Ordinal);
        Assert.Equal(Text, Read(Verified));
        Assert.Equal($"//HintName: Net.g.cs\n{text}", Read(Received));
    }

    [Fact]
    public void Another_hint_name_in_the_first_line_fails()
    {
        Write(Verified, Text.Replace("Net.g.cs", "Other.g.cs", StringComparison.Ordinal));

        Assert.Contains("line 1", Assert.Single(Compare("class Net;\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_fails_and_is_not_written()
    {
        Assert.StartsWith($"{Verified}: missing.", Assert.Single(Compare("class Net;\n")), StringComparison.Ordinal);

        Assert.Equal([Received], Files());
        Assert.Equal(Text, Read(Received));
    }

    [Fact]
    public void A_file_that_is_no_longer_emitted_fails_and_stays()
    {
        Write(Verified, Text);
        Write("Tests.Emits#Gone.g.verified.cs", Text);

        Assert.StartsWith("Tests.Emits#Gone.g.verified.cs: the test emits no such file.", Assert.Single(Compare("class Net;\n")), StringComparison.Ordinal);
        Assert.Equal(["Tests.Emits#Gone.g.verified.cs", Verified], Files());
    }

    [Fact]
    public void Stale_received_files_of_the_test_are_removed_and_those_of_others_are_not()
    {
        Write(Verified, Text);
        Write(Received, "old");
        Write("Tests.Emits#Gone.g.received.cs", "old");
        Write("Tests.Emits_more#Net.g.received.cs", "old");

        Assert.Empty(Compare("class Net;\n"));
        Assert.Equal([Verified, "Tests.Emits_more#Net.g.received.cs"], Files());
    }

    [Fact]
    public void The_files_of_another_test_are_no_orphans_of_this_one()
    {
        Write(Verified, Text);
        Write("Tests.Emits_more#Net.g.verified.cs", Text);
        Write("OtherTests.Emits#Net.g.verified.cs", Text);

        Assert.Empty(Compare("class Net;\n"));
    }

    [Fact]
    public void With_the_switch_verified_files_are_written_and_orphans_removed()
    {
        Write(Verified, "old");
        Write(Received, "old");
        Write("Tests.Emits#Gone.g.verified.cs", Text);

        Assert.Empty(new SnapshotFolder(_path, accept: true).Compare("Tests", "Emits", [("Net.g.cs", "class Net;\r\n")]));

        Assert.Equal([Verified], Files());
        Assert.Equal(Encoding.UTF8.GetBytes(Text), File.ReadAllBytes(Path.Combine(_path, Verified)));
        Assert.Empty(Compare("class Net;\n"));
    }

    [Fact]
    public void A_file_whose_test_is_gone_is_found()
    {
        Write(Verified, Text);
        Write("Tests.Removed#Net.g.verified.cs", Text);
        Write("nameless.verified.cs", Text);

        IReadOnlyList<string> orphans = new SnapshotFolder(_path, accept: false).Orphans((testClass, method) => (testClass, method) == ("Tests", "Emits"));

        Assert.Equal(2, orphans.Count);
        Assert.StartsWith("Tests.Removed#Net.g.verified.cs:", orphans[0], StringComparison.Ordinal);
        Assert.StartsWith("nameless.verified.cs:", orphans[1], StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private IReadOnlyList<string> Compare(string text) =>
        new SnapshotFolder(_path, accept: false).Compare("Tests", "Emits", [("Net.g.cs", text)]);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_path, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_path, name));

    private string[] Files() => [.. Directory.GetFiles(_path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
