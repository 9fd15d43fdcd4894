using System.Globalization;

namespace Samples.Cats;

/// <summary>How the weights begin.</summary>
internal enum Start
{
    /// <summary>NumPy's normal numbers / √n[l−1]: what the course trains this network from.</summary>
    Course,

    /// <summary>NumPy's normal numbers × 0.01: what the notebook's code says.</summary>
    Notebook,
}

/// <summary>The command line.</summary>
internal sealed record Options
{
    public const string Help =
        """
        The notebook's cat classifier: a network of 12288, 20, 7, 5 and 1, trained on pictures of 64 × 64 pixels.

        dotnet run -c Release --project samples/Cats -- [options]

          --data FOLDER                     the folder of train_catvnoncat.h5 and test_catvnoncat.h5;
                                            without it the program draws its own pictures
          --iterations N                    steps of gradient descent over all pictures (2500)
          --learning-rate R                 how far each step goes (0.0075)
          --precision double|float          double agrees with NumPy, float is faster (double)
          --initializer course|notebook     normal / sqrt(n of the layer before), or normal * 0.01 (course)
          --seed N                          for the weights, and for the drawn pictures (1)
          --help                            this text
        """;

    public string? Data { get; init; }

    public int Iterations { get; init; } = 2500;

    public double LearningRate { get; init; } = 0.0075;

    public bool IsDouble { get; init; } = true;

    public Start Initializer { get; init; } = Start.Course;

    public int Seed { get; init; } = 1;

    public bool AsksForHelp { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is unknown, lacks its value or has a wrong one; the message is for the user.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name is "--help" or "-h")
            {
                options = options with { AsksForHelp = true };
                continue;
            }

            string? value = i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i] : null;
            options = name switch
            {
                "--data" => options with { Data = Given(name, value, "a folder") },
                "--iterations" => options with { Iterations = Whole(name, value, 1) },
                "--learning-rate" => options with { LearningRate = Rate(name, value) },
                "--precision" => options with { IsDouble = Given(name, value, "double or float") switch
                {
                    "double" => true,
                    "float" => false,
                    _ => throw Wrong(name, value, "double or float"),
                } },
                "--initializer" => options with { Initializer = Given(name, value, "course or notebook") switch
                {
                    "course" => Start.Course,
                    "notebook" => Start.Notebook,
                    _ => throw Wrong(name, value, "course or notebook"),
                } },
                "--seed" => options with { Seed = Whole(name, value, 0) },
                _ => throw new FormatException($"There is no option '{name}'."),
            };
        }

        return options;
    }

    private static string Given(string name, string? value, string expected) =>
        string.IsNullOrWhiteSpace(value) ? throw new FormatException($"{name} needs a value: {expected}.") : value;

    private static int Whole(string name, string? value, int least)
    {
        string expected = $"a whole number from {least} to {int.MaxValue}";
        return int.TryParse(Given(name, value, expected), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw Wrong(name, value, expected);
    }

    private static double Rate(string name, string? value)
    {
        const string Expected = "a positive number such as 0.0075";
        return double.TryParse(Given(name, value, Expected), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            && number > 0
            ? number
            : throw Wrong(name, value, Expected);
    }

    private static FormatException Wrong(string name, string? value, string expected) =>
        new($"{name} takes {expected}, but got '{value}'.");
}
