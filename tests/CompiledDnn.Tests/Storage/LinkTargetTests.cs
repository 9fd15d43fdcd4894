using System.Runtime.Versioning;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>Saving onto a symbolic link: the link stays, what it leads to is replaced.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LinkTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Link => In("net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_stays_and_its_target_is_replaced(bool isRelative)
    {
        string target = In("models", "net-7.safetensors");
        Directory.CreateDirectory(In("models"));
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(Link, isRelative ? "models/net-7.safetensors" : target);

        Save(Link);

        AssertSaved(Link, target);
        Assert.Equal([In("models"), Link], Directory.GetFileSystemEntries(_folder).Order());
        Assert.Equal([target], Directory.GetFileSystemEntries(In("models")));
    }

    [Fact]
    public void A_link_to_a_link_is_followed_to_its_end()
    {
        File.WriteAllText(In("target"), "old");
        File.CreateSymbolicLink(In("between"), "target");
        File.CreateSymbolicLink(Link, "between");

        Save(Link);

        AssertSaved(Link, In("target"));
        Assert.Equal("target", new FileInfo(In("between")).LinkTarget);
    }

    // As the folders of a model cache: the link lies two folders down, and is named by way of a folder that is a link itself.
    [Fact]
    public void A_relative_link_counts_from_the_folder_in_which_it_lies()
    {
        Directory.CreateDirectory(In("cache", "blobs"));
        Directory.CreateDirectory(In("cache", "snapshots", "1"));
        Directory.CreateDirectory(In("here", "and"));
        File.WriteAllText(In("cache", "blobs", "a1"), "old");
        File.CreateSymbolicLink(In("cache", "snapshots", "1", "net.safetensors"), "../../blobs/a1");
        Directory.CreateSymbolicLink(In("here", "and", "model"), "../../cache/snapshots/1");

        Save(In("here", "and", "model", "net.safetensors"));

        AssertSaved(In("cache", "snapshots", "1", "net.safetensors"), In("cache", "blobs", "a1"));
        Assert.Equal([In("cache", "blobs", "a1")], Directory.GetFileSystemEntries(In("cache", "blobs")));
        Assert.Equal([In("here", "and")], Directory.GetFileSystemEntries(In("here")));
    }

    [Fact]
    public void A_link_to_a_file_that_is_not_there_makes_it()
    {
        File.CreateSymbolicLink(Link, "later.safetensors");

        Save(Link);

        AssertSaved(Link, In("later.safetensors"));
    }

    [Fact]
    public void A_link_into_a_folder_that_is_not_there_is_named_with_where_it_leads()
    {
        File.CreateSymbolicLink(Link, "gone/net.safetensors");

        var error = Assert.Throws<DirectoryNotFoundException>(() => Save(Link));

        Assert.Equal($"{Link}: a symbolic link to '{In("gone", "net.safetensors")}', but there is no such folder; make it, or remove the link.", error.Message);
        Assert.Equal([Link], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("other")]
    public void A_link_that_leads_back_to_itself_is_named(string first)
    {
        File.CreateSymbolicLink(Link, first);
        File.CreateSymbolicLink(In("other"), "net.safetensors");

        var error = Assert.Throws<IOException>(() => Save(Link));

        Assert.Equal($"{Link}: expected a file, or a link to one, but this symbolic link leads back to itself; remove it, or name the file.", error.Message);
        Assert.Equal([Link, In("other")], Directory.GetFileSystemEntries(_folder).Order());
    }

    [Fact]
    public void A_failure_leaves_link_and_target_as_they_were()
    {
        File.WriteAllText(In("target"), "old");
        File.CreateSymbolicLink(Link, "target");

        Assert.Throws<IOException>(() => AtomicFile.Write(Link, static _ => throw new IOException("the disk is full")));

        Assert.Equal(("old", "target"), (File.ReadAllText(Link), new FileInfo(Link).LinkTarget));
        Assert.Equal([Link, In("target")], Directory.GetFileSystemEntries(_folder).Order());
    }

    private static void Save(string path) => AtomicFile.Write(path, stream => stream.Write("new"u8));

    private static void AssertSaved(string link, string target)
    {
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Null(new FileInfo(target).LinkTarget);
        Assert.Equal(("new", "new"), (File.ReadAllText(link), File.ReadAllText(target)));
    }

    private string In(params ReadOnlySpan<string> names) => Path.Combine([_folder, .. names]);
}
