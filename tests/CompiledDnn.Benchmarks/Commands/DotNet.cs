using System.Diagnostics;

namespace CompiledDnn.Benchmarks;

/// <summary>Builds with the SDK, in folders of their own.</summary>
internal static class DotNet
{
    private const string Solution = "CompiledDnn.sln";

    /// <summary>The folder of the repository, above this program or the present folder.</summary>
    public static string Root { get; } = FindAbove(AppContext.BaseDirectory) ?? FindAbove(Environment.CurrentDirectory)
        ?? throw new InvalidOperationException($"{Solution} is neither above the program nor above the present folder.");

    /// <summary>Runs dotnet and waits for it. No process of the SDK stays behind to take part in what is timed next.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static void Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{output}");
        }
    }

    /// <summary>Makes a temporary folder, hands it on and removes it.</summary>
    public static TResult InTemporaryFolder<TResult>(Func<string, TResult> work)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("CompiledDnn.Benchmarks.");
        try
        {
            return work(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? FindAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Solution)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
