namespace CompiledDnn.Tool.Inspection;

/// <summary>Text from a file for a line of a terminal.</summary>
internal static class OneLine
{
    private const int MaxLength = 200;

    /// <summary>The text without control characters, which could steer the terminal, and cut off where it is long.</summary>
    public static string Of(string text)
    {
        string plain = new([.. text.Take(MaxLength).Select(static c => char.IsControl(c) ? ' ' : c)]);
        return text.Length > MaxLength ? $"{plain}... ({text.Length} characters)" : plain;
    }
}
