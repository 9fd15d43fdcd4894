using System.Buffers.Binary;
using System.Text.Json;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>
/// Files between PyTorch and here. <c>Exchange/exchange.py</c> has a reader and a writer of its own; what it writes, and what it reads of ours,
/// are files beside it. EXCHANGE_FOLDER=FOLDER writes ours anew.
/// </summary>
public sealed class ExchangeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    public static TheoryData<NumberType> Types => [.. Enum.GetValues<NumberType>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("f64")]
    [InlineData("f32")]
    [InlineData("f16")]
    [InlineData("bf16")]
    [InlineData("mixed")]
    public void What_PyTorch_writes_gives_what_PyTorch_gives(string name)
    {
        JsonElement json = Json();
        JsonElement written = json.GetProperty("written").GetProperty(name);
        var single = new ExchangedClassifier(seed: 1);
        single.Load(Copy($"torch_{name}"));
        var wide = new ExchangedDouble(seed: 1);
        wide.Load(Copy($"torch_{name}"));

        // Python's numbers are of the file's own type, so they fit double exactly.
        Assert.Equal(Numbers(written.GetProperty("numbers")), Dense(wide.Parameters));
        Assert.Equal(Numbers(written.GetProperty("numbers")).Select(static number => (float)number), Dense(single.Parameters));

        double[] x = Array(json.GetProperty("x"));
        double[] y = Array(written.GetProperty("y"));
        var outputs = new double[y.Length];
        wide.Predict(x, outputs);
        Assert.All(y.Zip(outputs), static pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        var singles = new float[y.Length];
        single.Predict([.. x.Select(static number => (float)number)], singles);
        Assert.All(y.Zip(singles), static pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void PyTorch_reads_what_is_written_here(NumberType type)
    {
        string name = type.ToString().ToLowerInvariant();
        var network = new ExchangedClassifier(seed: 1);
        string path = Path.Combine(_folder, "net.safetensors");
        network.Save(path, new() { Type = type });
        if (Environment.GetEnvironmentVariable("EXCHANGE_FOLDER") is { Length: > 0 } folder)
        {
            File.Copy(path, Path.Combine(folder, $"ours_{name}.safetensors"), overwrite: true);
        }

        // All but the example's outputs, whose last bits depend on the processor, is as it was read.
        string read = Copy($"ours_{name}");
        Assert.Equal(Data(read), Data(path));
        Assert.Equal(
            NetworkStorage.ReadNotes(read).Where(static note => note.Key != "example"), NetworkStorage.ReadNotes(path).Where(static note => note.Key != "example"));

        double[] expected = Numbers(Json().GetProperty("read").GetProperty(name).GetProperty("numbers"));
        var loaded = new ExchangedDouble(seed: 2);
        loaded.Load(path);
        Assert.Equal(expected, Dense(loaded.Parameters));
    }

    private static byte[] Data(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return file[(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file))..];
    }

    private static double[] Numbers(JsonElement tensors) =>
        [.. new[] { "0.weight", "0.bias", "2.weight", "2.bias" }.SelectMany(name => Array(tensors.GetProperty(name)))];

    private static double[] Array(JsonElement numbers) => [.. numbers.EnumerateArray().Select(static number => number.GetDouble())];

    private static T[] Dense<T>(ParameterBlock<T> parameters)
        where T : unmanaged
    {
        var numbers = new List<T>();
        foreach (LayerInfo layer in parameters.Shape.Layers)
        {
            var weights = new T[layer.Outputs * layer.Inputs];
            parameters.CopyWeightsTo(layer.Index, weights);
            numbers.AddRange(weights);
            numbers.AddRange(parameters.B(layer.Index)[..layer.Outputs]);
        }

        return [.. numbers];
    }

    private static JsonElement Json()
    {
        using Stream stream = typeof(ExchangeTests).Assembly.GetManifestResourceStream("Exchange/exchange.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    private string Copy(string name)
    {
        string path = Path.Combine(_folder, $"{name}.safetensors");
        using Stream stream = typeof(ExchangeTests).Assembly.GetManifestResourceStream($"Exchange/{name}.safetensors")!;
        using FileStream file = File.Create(path);
        stream.CopyTo(file);
        return path;
    }
}

/// <summary>The network of the files.</summary>
[Network(4, 3, 2, Output = Activation.Softmax)]
public sealed partial class ExchangedClassifier;

/// <summary>The same in double precision.</summary>
[Network(4, 3, 2, Output = Activation.Softmax, Precision = Precision.Double)]
public sealed partial class ExchangedDouble;
