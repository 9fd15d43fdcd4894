extern alias build;

using build::CompiledDnn.Build;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>How the build task writes its texts: whole or not at all, and only what has changed. Full disks and the like are in WriterFailureTests.</summary>
public sealed class ManifestFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Target => Path.Combine(_folder, "obj", "networkweights", "Net.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_text_is_written_with_its_folder_and_nothing_beside_it()
    {
        ManifestFile.Write(Target, "network Größe\n");

        Assert.Equal("network Größe\n"u8, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void The_same_text_is_not_written_again_but_counts_as_new()
    {
        ManifestFile.Write(Target, "same");
        File.SetLastWriteTimeUtc(Target, DateTime.UnixEpoch);
        using var before = new FileStream(Target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

        ManifestFile.Write(Target, "same");

        Assert.True(File.GetLastWriteTimeUtc(Target) > DateTime.UnixEpoch);
        before.Write("shame"u8);
        before.Flush();
        Assert.Equal("shame", ReadShared());
    }

    [Theory]
    [InlineData("a longer text than before")]
    [InlineData("less")]
    [InlineData("same length")]
    public void Another_text_takes_the_place_of_the_old_one_which_who_reads_it_still_has(string old)
    {
        ManifestFile.Write(Target, old);
        using var before = new StreamReader(new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        ManifestFile.Write(Target, "SAME LENGTH");

        Assert.Equal(old, before.ReadToEnd());
        Assert.Equal("SAME LENGTH", ReadShared());
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void A_folder_in_its_place_is_named_as_such_and_stays()
    {
        Directory.CreateDirectory(Target);

        var error = Assert.Throws<IOException>(() => ManifestFile.Write(Target, "text"));

        Assert.Equal("There is a folder of this name.", error.Message);
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void A_file_in_the_place_of_its_folder_is_an_IOException_and_stays()
    {
        string inTheWay = Path.Combine(_folder, "obj");
        File.WriteAllText(inTheWay, "a file");

        var error = Assert.ThrowsAny<IOException>(() => ManifestFile.Write(Target, "text"));

        Assert.Contains(inTheWay, error.Message, StringComparison.Ordinal);
        Assert.Equal("a file", File.ReadAllText(inTheWay));
    }

    [Fact]
    public void Many_at_once_leave_one_whole_text()
    {
        string[] texts = [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 100 * (i + 1)))];

        Parallel.For(0, 400, i => ManifestFile.Write(Target, texts[i % texts.Length]));

        Assert.Contains(File.ReadAllText(Target), texts);
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    private string ReadShared()
    {
        using var reader = new StreamReader(new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
