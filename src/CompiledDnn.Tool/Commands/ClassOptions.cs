using System.CommandLine;
using CompiledDnn.Tool.Models;

namespace CompiledDnn.Tool.Commands;

/// <summary>What the commands that write a class have in common: the file it comes from, its names, and where it goes.</summary>
internal sealed class ClassOptions
{
    private readonly Argument<string> _file;

    private readonly Option<string?> _name = new("--name") { Description = "The class. Default: from the file's name." };

    private readonly Option<string?> _namespace = new("--namespace") { Description = "The namespace of the class. Default: none." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The folder that the class and its weights go to; made if it is not there.",
        DefaultValueFactory = static _ => ".",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace files that are there." };

    public ClassOptions(Command command, string file)
    {
        _file = PathArgument.Create(file);
        command.Arguments.Add(_file);
        command.Options.Add(_name);
        command.Options.Add(_namespace);
        command.Options.Add(_output);
        command.Options.Add(_force);
        _output.Validators.Add(static result => PathArgument.Check(result.GetValueOrDefault<string?>(), "folder", result.AddError));
        _name.Validators.Add(static result => Check(result.GetValueOrDefault<string?>(), CodeName.IsClass, "class", result.AddError));
        _namespace.Validators.Add(static result => Check(result.GetValueOrDefault<string?>(), CodeName.IsNamespace, "namespace", result.AddError));
    }

    /// <summary>The file that the network comes from.</summary>
    public string File(ParseResult result) => result.GetRequiredValue(_file);

    /// <summary>Writes the class and its weights, and says so.</summary>
    public int Write(ParseResult result, DenseModel model)
    {
        string file = File(result);
        string name = result.GetValue(_name) ?? CodeName.FromFile(file);
        string folder = result.GetRequiredValue(_output);
        string code = Path.Combine(folder, $"{name}.cs");
        string weights = Path.Combine(folder, $"{name}.safetensors");
        if (!result.GetValue(_force) && Array.Find([code, weights], System.IO.File.Exists) is { } existing)
        {
            throw new IOException($"{existing} is there already; --force replaces it, --name or --output write another one.");
        }

        string text = ClassText.Of(model, name, result.GetValue(_namespace), Path.GetFileName(file));
        Directory.CreateDirectory(folder);
        AtomicFile.Write(
            (weights, stream => WeightsFile.Write(model, name, stream)),
            (code, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text))));

        TextWriter output = result.InvocationConfiguration.Output;
        output.WriteLine($"{name} {model.SizesText}: {model.ActivationsText}");
        output.WriteLine($"{code}");
        output.WriteLine($"{weights}");
        return ToolProgram.Done;
    }

    private static void Check(string? name, Predicate<string> isRight, string what, Action<string> complain)
    {
        if (name is not null && !isRight(name))
        {
            complain($"'{name}' is no name for a {what}.");
        }
    }
}
