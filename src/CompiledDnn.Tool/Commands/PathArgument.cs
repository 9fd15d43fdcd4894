using System.CommandLine;

namespace CompiledDnn.Tool.Commands;

/// <summary>The file that a command reads, as an argument.</summary>
internal static class PathArgument
{
    /// <summary>The argument.</summary>
    /// <param name="description">What the file is.</param>
    public static Argument<string> Create(string description)
    {
        var file = new Argument<string>("file") { Description = description };
        file.Validators.Add(static result => Check(result.GetValueOrDefault<string?>(), "file", result.AddError));
        return file;
    }

    /// <summary>Complains of a path that is empty.</summary>
    /// <param name="path">The path; null if there is none, which is complained of elsewhere.</param>
    /// <param name="what">What it is the path of.</param>
    /// <param name="complain">Takes the complaint.</param>
    public static void Check(string? path, string what, Action<string> complain)
    {
        if (path is not null && string.IsNullOrWhiteSpace(path))
        {
            complain($"The name of the {what} is empty.");
        }
    }
}
