using System.Collections.Frozen;
using System.Diagnostics;
using Xunit;

namespace CompiledDnn.Package.Tests.Harness;

/// <summary>Runs the SDK and what it built.</summary>
internal static class DotNet
{
    // What the SDK that runs the tests sets for itself, and what would change where packages come from.
    private static readonly FrozenSet<string> s_unset =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "NUGET_FALLBACK_PACKAGES", "CI"];

    /// <summary>Runs a command of the SDK. No process of it stays behind.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="packages">The folder for what is restored; null for the machine's own.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<Outcome> Command(string folder, string? packages, params string[] arguments) => Run(
        "dotnet",
        folder,
        start =>
        {
            start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            start.Environment["UseSharedCompilation"] = "false";
            if (packages is not null)
            {
                start.Environment["NUGET_PACKAGES"] = packages;
            }
        },
        arguments);

    /// <summary>Runs a program.</summary>
    public static Task<Outcome> Run(string program, params string[] arguments) =>
        Run(program, Path.GetDirectoryName(Path.GetFullPath(program))!, static _ => { }, arguments);

    private static async Task<Outcome> Run(string program, string folder, Action<ProcessStartInfo> configure, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in s_unset)
        {
            start.Environment.Remove(name);
        }

        configure(start);
        using Process process = Process.Start(start)!;
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new($"{program} {string.Join(' ', arguments)}", process.ExitCode, output + await error);
    }
}
