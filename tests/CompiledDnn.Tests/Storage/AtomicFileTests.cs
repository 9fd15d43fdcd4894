using System.Runtime.Versioning;
using Xunit;

namespace CompiledDnn.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Target => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_replaced_and_nothing_else_is_left()
    {
        File.WriteAllText(Target, "a longer text that was there before");
        AtomicFile.Write(Target, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_reader_sees_the_old_file_until_the_new_one_is_whole()
    {
        File.WriteAllText(Target, "old");
        string? during = null;
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            during = File.ReadAllText(Target);
        });
        Assert.Equal("old", during);
    }

    [Fact]
    public void A_failure_while_writing_keeps_the_old_file_and_removes_the_new_one()
    {
        File.WriteAllText(Target, "old");
        var failure = new IOException("the disk is full");
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write(new byte[100_000]);
            throw failure;
        }));
        Assert.Same(failure, error);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Files_that_belong_together_are_replaced_together_or_not_at_all()
    {
        string other = Path.Combine(_folder, "net.cs");
        File.WriteAllText(Target, "old");
        File.WriteAllText(other, "old");
        Assert.Throws<IOException>(() => AtomicFile.Write((Target, stream => stream.Write("new"u8)), (other, static _ => throw new IOException("the disk is full"))));
        Assert.Equal(("old", "old"), (File.ReadAllText(Target), File.ReadAllText(other)));

        AtomicFile.Write((Target, stream => stream.Write("new"u8)), (other, stream => stream.Write("newer"u8)));
        Assert.Equal(("new", "newer"), (File.ReadAllText(Target), File.ReadAllText(other)));
        Assert.Equal([other, Target], Directory.GetFileSystemEntries(_folder).Order());
    }

    [Fact]
    public void A_failure_to_rename_removes_the_new_file()
    {
        // A folder has the name that the file is to get.
        Directory.CreateDirectory(Target);
        Assert.ThrowsAny<Exception>(() => NetworkStorage.Save(new ParameterBlock<float>(SafetensorsFile.Shape), Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
        Assert.Empty(Directory.GetFileSystemEntries(Target));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_reported_and_not_made()
    {
        string missing = Path.Combine(_folder, "none");
        Assert.Throws<DirectoryNotFoundException>(
            () => NetworkStorage.Save(new ParameterBlock<float>(SafetensorsFile.Shape), Path.Combine(missing, "net.safetensors")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_must_not_be_written_keeps_its_file()
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            // The mode binds everybody but root, whose save goes through.
            Exception? refusal = Record.Exception(() => NetworkStorage.Save(new ParameterBlock<float>(SafetensorsFile.Shape), Target));
            Assert.Equal(Environment.IsPrivilegedProcess ? null : typeof(UnauthorizedAccessException), refusal?.GetType());
            Assert.Equal(Environment.IsPrivilegedProcess, File.ReadAllText(Target) != "old");
        }
        finally
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_stream_that_fails_fails_the_save()
    {
        using var full = new MemoryStream(new byte[100]);
        Assert.Throws<NotSupportedException>(() => NetworkStorage.Save(new ParameterBlock<float>(SafetensorsFile.Shape), full));
    }

    [Fact]
    public void A_relative_path_is_taken_from_the_current_folder()
    {
        AtomicFile.Write(Path.GetRelativePath(Environment.CurrentDirectory, Target), stream => stream.Write("here"u8));
        Assert.Equal("here", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }
}
