using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CompiledDnn;

namespace Samples;

/// <summary>What the command line asks for.</summary>
internal sealed record SampleOptions
{
    /// <summary>How often every example is trained on.</summary>
    public required int Epochs { get; init; }

    /// <summary>The seed of the first weights and of the order of the batches.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where to save the trained network; null for nowhere.</summary>
    public string? Save { get; init; }

    /// <summary>Where to draw the cost curve; null for nowhere.</summary>
    public string? Curve { get; init; }

    /// <summary>Where to keep all that it takes to go on after an interruption; null for nowhere.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Reads the command line. When the program should not go on, says so on the terminal.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="about">One line for the help: what the sample does.</param>
    /// <param name="epochs">The epochs, unless told otherwise.</param>
    /// <param name="options">What was asked for; null if the program should end.</param>
    /// <param name="exitCode">The exit code if the program should end: 0 after help, 2 after a mistake.</param>
    /// <returns>True if the program should go on.</returns>
    public static bool TryRead(string[] args, string about, int epochs, [NotNullWhen(true)] out SampleOptions? options, out int exitCode)
    {
        options = null;
        exitCode = 0;
        var asked = new SampleOptions { Epochs = epochs };
        if (args.Any(arg => arg is "--help" or "-h"))
        {
            Console.WriteLine($"""
                {about}

                  --epochs N             how often every example is trained on, at most (default: {asked.Epochs})
                  --seed N               first weights and order of the batches (default: {asked.Seed}); the same seed gives the same network
                  --checkpoints FOLDER   save all that it takes to go on after each epoch; the same command goes on after an interruption
                  --curve FILE           draw the cost curve as an SVG picture
                  --save FILE            save the trained network as a safetensors file
                  --help                 this text
                """);
            return false;
        }

        try
        {
            options = Read(args, asked);
            return true;
        }
        catch (FormatException mistake)
        {
            Console.Error.WriteLine($"{mistake.Message} --help lists the options.");
            exitCode = 2;
            return false;
        }
    }

    /// <summary>Saves the trained network if that was asked for, and says so.</summary>
    /// <param name="save">Saves the network under a name.</param>
    /// <returns>False if it could not be saved; the reason has been printed.</returns>
    public bool SaveNetwork(Action<string> save) => TryWrite("network", Save, save);

    /// <summary>Draws the cost curve if that was asked for, and says so.</summary>
    /// <param name="history">What training came to.</param>
    /// <returns>False if it could not be saved; the reason has been printed.</returns>
    public bool SaveCurve(TrainingHistory history) => TryWrite("cost curve", Curve, path => history.SaveSvg(path));

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="options">What holds unless told otherwise.</param>
    /// <exception cref="FormatException">An option is unknown, or its value is missing or wrong.</exception>
    internal static SampleOptions Read(string[] args, SampleOptions options)
    {
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            options = name switch
            {
                "--epochs" => options with { Epochs = Number(name, value, min: 1) },
                "--seed" => options with { Seed = Number(name, value, min: 0) },
                "--save" => options with { Save = FileIn(name, value) },
                "--curve" => options with { Curve = FileIn(name, value) },
                "--checkpoints" => options with { Checkpoints = new CheckpointOptions(Folder(name, value)) },
                _ => throw new FormatException($"'{name}' is not an option of this sample."),
            };
        }

        return options;
    }

    private static bool TryWrite(string what, string? path, Action<string> write)
    {
        if (path is null)
        {
            return true;
        }

        try
        {
            write(path);
            Console.WriteLine($"Saved the {what} as {path}.");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The {what} could not be saved as {path}: {error.Message}");
            return false;
        }
    }

    private static int Number(string name, string? value, int min) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min
            ? number
            : throw new FormatException($"{name} takes a whole number from {min} on, but it is followed by {Shown(value)}.");

    // A folder that is not there is better noticed before training than after.
    private static string FileIn(string name, string? value)
    {
        if (!IsName(value) || Directory.Exists(value))
        {
            throw new FormatException($"{name} takes the name of a file, but it is followed by {Shown(value)}.");
        }

        string? folder = Path.GetDirectoryName(Path.GetFullPath(value));
        return Directory.Exists(folder) ? value : throw new FormatException($"{name} {value}: there is no folder '{folder}'.");
    }

    // One that is not there yet is made with the first checkpoint.
    private static string Folder(string name, string? value) => IsName(value) && !File.Exists(value)
        ? value
        : throw new FormatException($"{name} takes the name of a folder, but it is followed by {Shown(value)}.");

    private static bool IsName([NotNullWhen(true)] string? value) =>
        !string.IsNullOrWhiteSpace(value) && !value.StartsWith("--", StringComparison.Ordinal);

    private static string Shown(string? value) => value is null ? "nothing" : $"'{value}'";
}
