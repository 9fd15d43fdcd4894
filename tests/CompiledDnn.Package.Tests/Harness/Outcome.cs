using Xunit;

namespace CompiledDnn.Package.Tests.Harness;

/// <summary>What a command did.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">0 if it succeeded.</param>
/// <param name="Output">All that it printed.</param>
internal sealed record Outcome(string Command, int ExitCode, string Output)
{
    /// <summary>Fails with what was printed unless the command succeeded.</summary>
    public Outcome Succeeds()
    {
        Assert.True(ExitCode == 0, $"{Command}\nended with {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>Fails with what was printed unless the command failed and said so.</summary>
    public Outcome FailsWith(string text)
    {
        Assert.True(ExitCode != 0, $"{Command}\nsucceeded:\n{Output}");
        return Says(text);
    }

    /// <summary>Fails unless the text was printed.</summary>
    public Outcome Says(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"{Command}\ndoes not say '{text}':\n{Output}");
        return this;
    }

    /// <summary>Fails if the text was printed.</summary>
    public Outcome DoesNotSay(string text)
    {
        Assert.False(Output.Contains(text, StringComparison.Ordinal), $"{Command}\nsays '{text}':\n{Output}");
        return this;
    }

    /// <summary>What was printed, line by line.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
