using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Xunit;

namespace CompiledDnn.Tests.Files;

/// <summary>Every writer on a disk that is full, in a folder that must not be written, and killed in the middle: the old file is intact.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WriterFailureTests : IDisposable
{
    private const string Variable = "COMPILEDDNN_TESTS_WRITE";
    private const string Denied = "denied";

    // No file may be longer than this. A program that writes more is told so or, unless it asked to be told, killed by the system.
    private const int LimitInKilobytes = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    public static TheoryData<string> Writers => [.. EveryWriter.Names];

    public void Dispose()
    {
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>In a process that a test of this class started, writes, says what came of it, and ends.</summary>
    [ModuleInitializer]
    internal static void WriteAndEnd()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is [var name, var folder])
        {
            foreach (string writer in name.Length == 0 || name == Denied ? EveryWriter.Names : [name])
            {
                Exception? failure = name == Denied ? AsNobody(writer, folder) : Record.Exception(() => EveryWriter.Write(writer, Path.Combine(folder, writer)));
                Console.WriteLine($"{writer} {failure?.GetType().Name}");
            }

            Environment.Exit(0);
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_writer_that_nothing_stops_replaces_the_file(string writer)
    {
        string path = Path.Combine(_folder, writer);
        File.WriteAllText(path, "old");
        EveryWriter.Write(writer, path);
        Assert.InRange(new FileInfo(path).Length, (LimitInKilobytes * 1024) + 10_000, 1_000_000);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task On_a_full_disk_the_old_files_stay_and_nothing_is_left_beside_them()
    {
        WriteOld();

        string[] lines = await Run("", $"trap '' XFSZ; ulimit -f {LimitInKilobytes}");

        Assert.Equal(EveryWriter.Names.Select(name => $"{name} IOException"), lines);
        AssertOld(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task In_a_folder_that_must_not_be_written_the_old_files_stay()
    {
        WriteOld();
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        string[] lines = await Run(Denied);

        Assert.Equal(EveryWriter.Names.Select(name => $"{name} UnauthorizedAccessException"), lines);
        AssertOld(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task Killed_in_the_middle_the_old_file_stays(string writer)
    {
        WriteOld();

        string[] lines = await Run(writer, $"ulimit -c 0; ulimit -f {LimitInKilobytes}");

        Assert.Empty(lines);
        string rest = Assert.Single(Directory.GetFileSystemEntries(_folder), static path => path.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Equal(LimitInKilobytes * 1024, new FileInfo(rest).Length);
        AssertOld([.. Directory.GetFileSystemEntries(_folder).Where(path => path != rest)]);
    }

    private void WriteOld()
    {
        foreach (string name in EveryWriter.Names)
        {
            File.WriteAllText(Path.Combine(_folder, name), "old");
        }
    }

    private static void AssertOld(string[] entries)
    {
        Assert.Equal(EveryWriter.Names.Order(), entries.Select(Path.GetFileName).Order());
        Assert.All(entries, static path => Assert.Equal("old", File.ReadAllText(path)));
    }

    private async Task<string[]> Run(string name, string? shell = null)
    {
        using Process process = TestProcess.Start(Variable, $"{name}|{_folder}", shell);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(await error);
        return output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    // No mode of a folder binds root, so it is somebody else for as long as it writes. All code is in memory before, because it may lie in a folder
    // that nobody else may read.
    private static Exception? AsNobody(string writer, string folder)
    {
        const uint Nobody = 65534;
        using var warm = new TemporaryFolder();
        EveryWriter.Write(writer, Path.Combine(warm.Path, writer));
        Record.Exception(() => EveryWriter.Write(writer, Path.Combine(warm.Path, "none", writer)));
        bool isRoot = Environment.IsPrivilegedProcess;
        if (isRoot && SetEffectiveUser(Nobody) != 0)
        {
            return new InvalidOperationException("The user cannot be changed.");
        }

        Exception? failure = Record.Exception(() => EveryWriter.Write(writer, Path.Combine(folder, writer)));
        return isRoot && SetEffectiveUser(0) != 0 ? new InvalidOperationException("The user cannot be changed back.") : failure;
    }

    [DllImport("libc", EntryPoint = "seteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEffectiveUser(uint user);
}
