using System.Diagnostics;

namespace CompiledDnn.Benchmarks;

/// <summary>Builds this program with Native AOT for this machine's instructions and runs the table there. Needs clang and zlib1g-dev.</summary>
internal static class AotCommand
{
    /// <summary>Hands everything but <c>--aot</c> on.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments) => DotNet.InTemporaryFolder(folder =>
    {
        string published = Path.Combine(folder, "published");
        DotNet.Run(
            "publish",
            Path.Combine(DotNet.Root, "tests", "CompiledDnn.Benchmarks"),
            "--configuration",
            "Release",
            "--artifacts-path",
            Path.Combine(folder, "build"),
            "--output",
            published,
            "-p:PublishAot=true",
            "-p:IlcInstructionSet=native",
            $"-p:Peers={Peer.HasOptional}");
        string program = Path.Combine(published, OperatingSystem.IsWindows() ? "CompiledDnn.Benchmarks.exe" : "CompiledDnn.Benchmarks");
        using Process process = Process.Start(program, arguments.Where(argument => argument is not ("--aot" or "-aot")));
        process.WaitForExit();
        return process.ExitCode;
    });
}
