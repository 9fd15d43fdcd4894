using System.Text.Json;
using CompiledDnn.Generator.Tests.Harness;
using CompiledDnn.Tool;
using Xunit;

namespace CompiledDnn.Generator.Tests.Tool;

/// <summary>The tool run in a folder of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A file that came with the tests.</summary>
    public static string Sample(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "ToolFiles", name);

    /// <summary>A file in the folder.</summary>
    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>A file in the folder with this content.</summary>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    /// <summary>Runs the tool.</summary>
    /// <returns>The exit code.</returns>
    public int Run(params string[] arguments) => ToolProgram.Run(arguments, _output, _error);

    /// <summary>Fails unless the class that was written compiles with the generator and computes with its weights what PyTorch does.</summary>
    public void CheckOutputs<T>(string fullName, string numbers, string name, double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        string simple = fullName.Split('.')[^1];
        using LoadedProject project = GeneratorRun.Of(File.ReadAllText(Path($"{simple}.cs"))).Load();
        INetwork<T> net = project.Create<T>(fullName);

        // Looks at the example in the file, too.
        Assert.Contains("example", NetworkStorage.ReadNotes(Path($"{simple}.safetensors")).Keys);
        net.Load(Path($"{simple}.safetensors"));

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Sample(numbers)));
        T[] x = Numbers<T>(document.RootElement.GetProperty(name).GetProperty("x"));
        T[] expected = Numbers<T>(document.RootElement.GetProperty(name).GetProperty("y"));
        var y = new T[expected.Length];
        net.Predict(x, y);
        Assert.All(y, (number, at) => Assert.Equal(double.CreateChecked(expected[at]), double.CreateChecked(number), tolerance));
    }

    private static T[] Numbers<T>(JsonElement array)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => [.. array.EnumerateArray().Select(number => T.CreateChecked(number.GetDouble()))];
}
