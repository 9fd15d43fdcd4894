using System.Globalization;

namespace CompiledDnn.Tool.Models;

/// <summary>Names of classes and namespaces in C#.</summary>
internal static class CodeName
{
    private static readonly HashSet<string> Keywords =
    [
        .. """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit
        extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out
        override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true
        try typeof uint ulong unchecked unsafe ushort using virtual void volatile while record required file
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>True if a class with the attribute of a network can have the name: the attribute names some types itself.</summary>
    public static bool IsClass(string name) => IsIdentifier(name) && name is not (nameof(Activation) or nameof(Precision));

    /// <summary>True if a namespace can have the name.</summary>
    public static bool IsNamespace(string name) => name.Split('.').All(IsIdentifier);

    /// <summary>A class name from a file's: <c>my-model.onnx</c> gives MyModel.</summary>
    public static string FromFile(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        string[] words = new string([.. stem.Select(static c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string name = string.Concat(words.Select(static word => word[..1].ToUpper(CultureInfo.InvariantCulture) + word[1..]));
        return IsClass(name) ? name : $"Network{name}";
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && IsStart(name[0]) && name.All(static c => IsStart(c) || char.IsDigit(c)) && !Keywords.Contains(name);

    private static bool IsStart(char c) => char.IsLetter(c) || c == '_';
}
