namespace CompiledDnn.Benchmarks;

/// <summary>A command and what it was given.</summary>
/// <param name="Command">The first word.</param>
/// <param name="Only">A part of the names of the workloads to run; empty for all.</param>
/// <param name="Json">Where every figure goes as JSON, or null.</param>
/// <param name="Aot">True to run from a Native AOT build.</param>
/// <param name="Rest">Words that are no options.</param>
internal sealed record Options(string Command, string Only, string? Json, bool Aot, IReadOnlyList<string> Rest)
{
    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    public static Options Parse(string[] arguments)
    {
        var options = new Options(arguments.FirstOrDefault() ?? string.Empty, string.Empty, null, Aot: false, []);
        for (int i = 1; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            bool hasValue = i + 1 < arguments.Length;
            options = argument switch
            {
                "-only" or "--only" when hasValue => options with { Only = arguments[++i] },
                "-json" or "--json" when hasValue => options with { Json = arguments[++i] },
                "-aot" or "--aot" => options with { Aot = true },
                _ when !argument.StartsWith('-') => options with { Rest = [.. options.Rest, argument] },
                _ => throw new ArgumentException($"{argument} is no option, or lacks its value."),
            };
        }

        return options;
    }
}
