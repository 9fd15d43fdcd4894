using System.Collections.Generic;

namespace CompiledDnn.Generator.Emission;

/// <summary>Breaks a signature or a call that is too long for one line after its opening parenthesis, as a person would.</summary>
internal static class LongLine
{
    /// <summary>The most characters that a line of code has where it can be helped.</summary>
    public const int Width = 140;

    private const string Step = "    ";

    /// <summary>The lines of <paramref name="code"/>; one if it is short or has nowhere to break.</summary>
    /// <param name="code">A signature or a statement.</param>
    /// <param name="width">The characters there are for each line.</param>
    public static IEnumerable<string> Break(string code, int width)
    {
        int close = code.LastIndexOf(')');
        int open = code.Length > width && close >= 0 ? Opening(code, close) : -1;
        if (open < 0 || open + 1 == close)
        {
            return [code];
        }

        var lines = new List<string> { code.Substring(0, open + 1) };
        string line = Step;
        foreach (string argument in Arguments(code, open + 1, close))
        {
            string longer = line.Length == Step.Length ? line + argument : $"{line} {argument}";
            if (longer.Length > width && line.Length > Step.Length)
            {
                lines.Add(line);
                longer = Step + argument;
            }

            line = longer;
        }

        lines.Add(line + code.Substring(close));
        return lines;
    }

    private static int Opening(string code, int close)
    {
        int depth = 0;
        for (int i = close; i >= 0; i--)
        {
            depth += code[i] == ')' ? 1 : code[i] == '(' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    // Each with the comma that follows it.
    private static IEnumerable<string> Arguments(string code, int start, int end)
    {
        int depth = 0;
        for (int i = start; i < end; i++)
        {
            depth += code[i] is '(' or '<' or '[' ? 1 : code[i] is ')' or '>' or ']' ? -1 : 0;
            if (code[i] == ',' && depth == 0)
            {
                yield return code.Substring(start, i + 1 - start);
                start = i + 2;
            }
        }

        yield return code.Substring(start, end - start);
    }
}
