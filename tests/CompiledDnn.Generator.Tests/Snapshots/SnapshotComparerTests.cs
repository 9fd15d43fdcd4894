using System.Reflection;
using System.Text;
using Xunit;
using Xunit.Sdk;

namespace CompiledDnn.Generator.Tests.Snapshots;

/// <summary>The comparer fails where it must, and touches nothing that it must not touch.</summary>
public sealed class SnapshotComparerTests : IDisposable
{
    private const string Text = "class Net\n{\n}\n";
    private const string WithHint = "//HintName: Net.g.cs\n" + Text;

    private readonly string _folder = Directory.CreateTempSubdirectory("snapshots").FullName;

    [Fact]
    public void Equal_files_pass()
    {
        Put("A.B#Net.g.verified.cs", WithHint);

        Compare(("Net.g.cs", Text));

        Assert.Equal(["A.B#Net.g.verified.cs"], Files);
    }

    [Theory]
    [InlineData("\uFEFF" + WithHint)]
    [InlineData("//HintName: Net.g.cs\r\nclass Net\r\n{\r\n}\r\n")]
    [InlineData("\uFEFF//HintName: Net.g.cs\r\nclass Net\r\n{\n}\r")]
    public void Line_ends_and_byte_order_marks_do_not_count(string verified)
    {
        Put("A.B#Net.g.verified.cs", verified);

        Compare(("Net.g.cs", "class Net\r\n{\n}\n"));
    }

    [Fact]
    public void A_missing_verified_file_fails_and_is_not_written()
    {
        XunitException failure = Fails(("Net.g.cs", Text));

        Assert.Contains("A.B#Net.g.verified.cs is missing", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["A.B#Net.g.received.cs"], Files);
        Assert.Equal(WithHint, Read("A.B#Net.g.received.cs"));
    }

    [Theory]
    [InlineData("class Net\n{\n}\n\n", "(end of file)")]
    [InlineData("class Net\n{ \n}\n", "{ ")]
    [InlineData("class net\n{\n}\n", "class net")]
    [InlineData("class Net\n{\n}", "received: (end of file)")]
    public void A_difference_fails_and_leaves_the_verified_file_alone(string emitted, string shown)
    {
        Put("A.B#Net.g.verified.cs", WithHint);

        XunitException failure = Fails(("Net.g.cs", emitted));

        Assert.Contains("A.B#Net.g.verified.cs differs", failure.Message, StringComparison.Ordinal);
        Assert.Contains(shown, failure.Message, StringComparison.Ordinal);
        Assert.Equal(WithHint, Read("A.B#Net.g.verified.cs"));
        Assert.Equal("//HintName: Net.g.cs\n" + emitted, Read("A.B#Net.g.received.cs"));
    }

    [Fact]
    public void Another_hint_name_fails()
    {
        Put("A.B#Net.g.verified.cs", "//HintName: net.g.cs\n" + Text);

        Fails(("Net.g.cs", Text));
    }

    [Fact]
    public void An_orphaned_verified_file_fails_and_stays()
    {
        Put("A.B#Net.g.verified.cs", WithHint);
        Put("A.B#Old.g.verified.cs", WithHint);

        XunitException failure = Fails(("Net.g.cs", Text));

        Assert.Contains("A.B#Old.g.verified.cs is an orphan", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["A.B#Net.g.verified.cs", "A.B#Old.g.verified.cs"], Files);
    }

    [Fact]
    public void Nothing_emitted_at_all_fails_where_a_file_is_verified()
    {
        Put("A.B#Net.g.verified.cs", WithHint);

        Fails();
    }

    [Fact]
    public void Files_of_other_tests_are_left_alone()
    {
        Put("A.B#Net.g.verified.cs", WithHint);
        Put("A.BC#Net.g.verified.cs", "other");
        Put("A.BC#Net.g.received.cs", "other");

        Compare(("Net.g.cs", Text));

        Assert.Equal(3, Files.Count());
    }

    [Fact]
    public void Stale_received_files_are_removed()
    {
        Put("A.B#Net.g.verified.cs", WithHint);
        Put("A.B#Net.g.received.cs", "old");
        Put("A.B#Gone.g.received.cs", "old");

        Compare(("Net.g.cs", Text));

        Assert.Equal(["A.B#Net.g.verified.cs"], Files);
    }

    [Fact]
    public void Every_difference_is_told_at_once()
    {
        Put("A.B#Net.g.verified.cs", "other");

        XunitException failure = Fails(("Net.g.cs", Text), ("Second.g.cs", Text));

        Assert.Contains("Net.g.verified.cs differs", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Second.g.verified.cs is missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_switch_verified_files_are_written_and_orphans_removed()
    {
        Put("A.B#Net.g.verified.cs", "other");
        Put("A.B#Old.g.verified.cs", WithHint);

        new SnapshotComparer(_folder, accept: true).Compare("A.B", [("Net.g.cs", Text), ("Second.g.cs", Text)]);

        Assert.Equal(["A.B#Net.g.verified.cs", "A.B#Second.g.verified.cs"], Files);
        Assert.Equal(WithHint, Read("A.B#Net.g.verified.cs"));
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), File.ReadAllBytes(Path.Combine(_folder, "A.B#Net.g.verified.cs"))[..3]);
    }

    [Fact]
    public void Every_verified_file_belongs_to_a_test()
    {
        HashSet<string> tests =
        [
            .. typeof(Snapshot).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
                    .Select(method => $"{type.Name}.{method.Name}")),
        ];
        string[] verified = [.. Directory.GetFiles(Snapshot.Folder, "*.verified.*").Select(path => Path.GetFileName(path)!)];

        Assert.NotEmpty(verified);
        Assert.All(verified, name => Assert.Contains(name.Split('#')[0], tests));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IEnumerable<string> Files => Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private void Put(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text, new UTF8Encoding(false));

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));

    private void Compare(params (string HintName, string Text)[] emitted) => new SnapshotComparer(_folder, accept: false).Compare("A.B", emitted);

    private XunitException Fails(params (string HintName, string Text)[] emitted) =>
        Assert.ThrowsAny<XunitException>(() => Compare(emitted));
}
