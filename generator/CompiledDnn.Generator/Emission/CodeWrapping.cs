using System;
using System.Collections.Generic;
using System.Linq;

namespace CompiledDnn.Generator.Emission;

/// <summary>Breaks a signature or a call that is too long for a line at its longest list of arguments.</summary>
internal static class CodeWrapping
{
    /// <summary>Columns of a line of code.</summary>
    public const int Width = 140;

    private const string Indent = "    ";

    /// <summary>The line as one that fits, or as several: the arguments one step deeper, on a line together or else on one each.</summary>
    /// <param name="line">A line of code without a comment.</param>
    /// <param name="width">Columns that it may take.</param>
    public static IEnumerable<string> Wrap(string line, int width)
    {
        if (line.Length <= width || LongestList(line) is not (int open, int close))
        {
            return [line];
        }

        string indent = new string(' ', line.Length - line.TrimStart().Length) + Indent;
        string[] arguments = Split(line.Substring(open + 1, close - open - 1)).ToArray();
        IEnumerable<string> head = WrapTypeArguments(line.Substring(0, open + 1), indent, width);
        string tail = line.Substring(close);
        string together = indent + string.Join(", ", arguments) + tail;
        return together.Length <= width
            ? [.. head, together]
            : [.. head, .. arguments.Select((argument, i) => indent + argument + (i == arguments.Length - 1 ? tail : ","))];
    }

    // Call<A, B>( on two lines if it is too long for one.
    private static IEnumerable<string> WrapTypeArguments(string head, string indent, int width)
    {
        if (head.Length <= width || !head.EndsWith(">(", StringComparison.Ordinal))
        {
            return [head];
        }

        int open = head.Length - 2;
        int depth = 1;
        while (depth > 0)
        {
            open--;
            depth += head[open] == '>' ? 1 : head[open] == '<' ? -1 : 0;
        }

        return [head.Substring(0, open + 1), indent + head.Substring(open + 1)];
    }

    // The outermost parentheses with most between them; what is in quotes does not count.
    private static (int Open, int Close)? LongestList(string line)
    {
        (int Open, int Close)? longest = null;
        int depth = 0;
        int open = 0;
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (quoted)
            {
                continue;
            }

            if (line[i] == '(' && depth++ == 0)
            {
                open = i;
            }
            else if (line[i] == ')' && --depth == 0 && i - open > 1 && (longest is null || i - open > longest.Value.Close - longest.Value.Open))
            {
                longest = (open, i);
            }
        }

        return longest;
    }

    // At the commas that are in no bracket of any kind.
    private static IEnumerable<string> Split(string list)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            depth += list[i] is '(' or '<' or '[' ? 1 : list[i] is ')' or '>' or ']' ? -1 : 0;
            if (list[i] == ',' && depth == 0)
            {
                yield return list.Substring(start, i - start).Trim();
                start = i + 1;
            }
        }

        yield return list.Substring(start).Trim();
    }
}
