using System.CommandLine;
using CompiledDnn.Tool.Commands;

namespace CompiledDnn.Tool;

/// <summary>The tool as a function.</summary>
internal static class ToolProgram
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>The command line was not understood.</summary>
    public const int WrongCommandLine = 1;

    /// <summary>A file could not be read or written, or does not hold what it should.</summary>
    public const int WrongFile = 2;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where complaints go.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand(
            """
            Compiled dense neural networks from files of other tools.
            Exit codes: 0 done, 1 the command line was not understood, 2 a file could not be read or written or does not hold a dense network.
            """)
        {
            FromOnnxCommand.Create(),
            FromSafetensorsCommand.Create(),
            InspectCommand.Create(),
        };
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            return root.Parse(arguments).Invoke(invocation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            error.WriteLine(problem.Message);
            return WrongFile;
        }
    }
}
