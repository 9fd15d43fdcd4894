using System.Diagnostics;

namespace CompiledDnn.Tests.Files;

/// <summary>This program once more, in a process of its own, for what a test must not do to itself.</summary>
internal static class TestProcess
{
    /// <summary>Starts it.</summary>
    /// <param name="variable">The variable of the environment that tells it what to do, in a module initializer.</param>
    /// <param name="value">Its value.</param>
    /// <param name="shell">Commands of a shell to run before in the same process, such as limits; null for none.</param>
    public static Process Start(string variable, string value, string? shell = null)
    {
        string program = Environment.ProcessPath!;
        string[] command = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(TestProcess).Assembly.Location] : [program];
        if (shell is not null)
        {
            command = ["bash", "-c", $"{shell}; exec \"$0\" \"$@\"", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[variable] = value;

        // With a limit on files the runtime cannot map its code twice.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }
}
