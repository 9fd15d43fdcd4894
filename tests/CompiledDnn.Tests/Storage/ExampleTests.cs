using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>The example in a network's file: what it was saved from is what it is loaded into.</summary>
public sealed partial class ExampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Target => Path.Combine(_folder, "net.safetensors");

    public static TheoryData<NumberType> Types => [.. Enum.GetValues<NumberType>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Types))]
    public void A_network_loads_what_it_saved_in_any_type(NumberType type)
    {
        var saved = new StoredClassifier(seed: 3);
        saved.Save(Target, new() { Type = type });
        Assert.Contains("example", NetworkStorage.ReadNotes(Target).Keys);
        var loaded = new StoredClassifier(seed: 4);
        loaded.Load(Target);
        Assert.Equal(NetworkStorage.Load<float>(saved.Shape, Target).Span.ToArray(), loaded.Parameters.Span.ToArray());
        new StoredDouble(seed: 1).Load(Target);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Other_activations_are_refused_and_change_nothing(NumberType type)
    {
        new StoredClassifier(seed: 3).Save(Target, new() { Type = type });
        var other = new StoredTanh(seed: 4);
        float[] before = other.Parameters.Span.ToArray();
        ParameterBlock<float> block = other.Parameters;
        var error = Assert.Throws<NetworkFileException>(() => other.Load(Target));
        Assert.Matches(
            "output [123] of StoredTanh is [-.0-9E]+, but it was [-.0-9E]+ \\(tolerance 0.001\\): the file was saved from a network with other activations "
            + "\\(ReLU, Softmax\\), while these are Tanh, Softmax; load it",
            error.Reason);
        Assert.Equal(-1, error.Offset);
        Assert.Equal(Target, error.File);
        Assert.Same(block, other.Parameters);
        Assert.Equal(before, other.Parameters.Span.ToArray());

        // The numbers alone are right, and whoever knows better takes them.
        other.Swap(NetworkStorage.Load<float>(other.Shape, Target));
        Assert.NotEqual(before, other.Parameters.Span.ToArray());
    }

    [Fact]
    public void Numbers_of_an_activation_are_noticed_too()
    {
        new StoredLeaky(seed: 1).Save(Target);
        Assert.Throws<NetworkFileException>(() => new StoredSteep(seed: 1).Load(Target));
        new StoredLeaky(seed: 2).Load(Target);
    }

    [Fact]
    public void The_note_is_short_JSON_that_holds_inputs_and_outputs()
    {
        var network = new StoredClassifier(seed: 3);
        network.Save(Target);
        string text = NetworkStorage.ReadNotes(Target)["example"];
        Match match = Note().Match(text);
        Assert.True(match.Success, text);
        float[] inputs = [.. match.Groups[1].Value.Split(',').Select(static number => float.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal([0.24f, -0.53f, 0.71f, -0.06f], inputs);
        var outputs = new float[3];
        network.Predict(inputs, outputs);
        string[] written = match.Groups[2].Value.Split(',');
        Assert.All(outputs.Zip(written), static pair => Assert.Equal(pair.First, float.Parse(pair.Second, CultureInfo.InvariantCulture), 1e-6));
        Assert.Equal("ReLU, Softmax", NetworkStorage.ReadNotes(Target)["activations"]);
    }

    [Fact]
    public void Inputs_are_spread_between_minus_one_and_one_whatever_their_count()
    {
        double[] inputs = ExampleNote.MakeInputs(12288);
        Assert.All(inputs, static input => Assert.InRange(input, -1, 1));
        Assert.InRange(inputs.Average(), -0.01, 0.01);
        Assert.Equal(201, inputs.Distinct().Count());
        Assert.All(inputs.Chunk(100), static part => Assert.InRange(part.Average(), -0.05, 0.05));
    }

    [Fact]
    public void Without_an_example_nothing_is_checked()
    {
        new StoredClassifier(seed: 3).Save(Target, new() { Example = false });
        Assert.DoesNotContain("example", NetworkStorage.ReadNotes(Target).Keys);
        new StoredTanh(seed: 4).Load(Target);

        NetworkStorage.Save(new StoredClassifier(seed: 3).Parameters, Target);
        Assert.DoesNotContain("example", NetworkStorage.ReadNotes(Target).Keys);
    }

    [Fact]
    public void A_network_whose_outputs_are_not_finite_is_saved_without_one()
    {
        var network = new StoredClassifier(seed: 3);
        network.B2[0] = float.NaN;
        network.Save(Target);
        Assert.DoesNotContain("example", NetworkStorage.ReadNotes(Target).Keys);
        var loaded = new StoredClassifier(seed: 4);
        loaded.Load(Target);
        Assert.Equal(network.Parameters.Span.ToArray(), loaded.Parameters.Span.ToArray());
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("hello", "cannot be read")]
    [InlineData("[]", "cannot be read: expected {\"inputs\":[numbers],\"outputs\":[numbers]}")]
    [InlineData("{}", "cannot be read: expected")]
    [InlineData("{\"inputs\":[1,2,3,4]}", "cannot be read: expected")]
    [InlineData("{\"inputs\":[1,2,3,4],\"outputs\":1}", "cannot be read: expected")]
    [InlineData("{\"inputs\":[1,2,3,4],\"outputs\":[\"1\"]}", "cannot be read: expected")]
    [InlineData("{\"inputs\":[1,2,3,4],\"inputs\":[1,2,3,4]}", "cannot be read: expected")]
    [InlineData("{\"inputs\":[1,2,3,4],\"outputs\":[1,2,3],\"others\":[]}", "cannot be read: expected")]
    [InlineData("{\"inputs\":[1,2,3,4],\"outputs\":[1,2,3]", "cannot be read")]
    [InlineData("{\"inputs\":[1,2,3,4],\"outputs\":[1,2,3]}}", "cannot be read")]
    [InlineData("{\"inputs\":[1,2,3],\"outputs\":[1,2,3]}", "its example has 3 inputs and 3 outputs, but StoredClassifier has 4 and 3")]
    [InlineData("{\"inputs\":[1,2,3,4],\"outputs\":[1]}", "its example has 4 inputs and 1 outputs, but StoredClassifier has 4 and 3")]
    [InlineData("{\"inputs\":[1,2,3,4],\"outputs\":[1,2,3]}", "output 1 of StoredClassifier is")]
    public void A_damaged_note_is_refused(string note, string reason)
    {
        var network = new StoredClassifier(seed: 3);
        using (FileStream file = File.Create(Target))
        {
            SafetensorsWriter.Write(
                file,
                NetworkTensor.Of(network.Shape).Select(tensor => new SafetensorsEntry(
                    tensor.Name,
                    SafetensorsDType.F32,
                    tensor.Shape,
                    (offset, destination) => tensor.CopyTo<float>(network.Parameters.Span, offset / sizeof(float), destination))),
                ("example", note));
        }

        var error = Assert.Throws<NetworkFileException>(() => new StoredClassifier(seed: 4).Load(Target));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format")]
    [InlineData("network")]
    [InlineData("activations")]
    [InlineData("example")]
    public void The_files_own_notes_keep_their_names(string name)
    {
        var options = new SaveOptions { Notes = new Dictionary<string, string> { [name] = "mine" } };
        Assert.Throws<ArgumentException>(() => new StoredClassifier(seed: 3).Save(Target, options));
        Assert.Throws<ArgumentException>(() => NetworkStorage.Save(new StoredClassifier(seed: 3).Parameters, new MemoryStream(), options));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Notes_of_ones_own_stand_beside_the_example()
    {
        INetwork<float> network = new StoredClassifier(seed: 3);
        network.Save(Target, new() { Notes = new Dictionary<string, string> { ["trained"] = "on Tuesday" } });
        Assert.Equal(["activations", "example", "format", "network", "trained"], NetworkStorage.ReadNotes(Target).Keys.Order());
        Assert.Equal("on Tuesday", NetworkStorage.ReadNotes(Target)["trained"]);
        network.Load(Target);
    }

    [GeneratedRegex("""^\{"inputs":\[([-.,0-9]+)\],"outputs":\[([-.,E0-9]+)\]\}$""")]
    private static partial Regex Note();
}

/// <summary>Networks of the same sizes with other activations.</summary>
[Network(4, 5, 3, Output = Activation.Softmax)]
public sealed partial class StoredClassifier;

/// <inheritdoc cref="StoredClassifier"/>
[Network(4, 5, 3, Output = Activation.Softmax, Precision = Precision.Double)]
public sealed partial class StoredDouble;

/// <inheritdoc cref="StoredClassifier"/>
[Network(4, 5, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
public sealed partial class StoredTanh;

/// <inheritdoc cref="StoredClassifier"/>
[Network(4, 5, 3, Hidden = Activation.LeakyReLU, Output = Activation.Identity)]
public sealed partial class StoredLeaky;

/// <inheritdoc cref="StoredClassifier"/>
[Network(4, 5, 3, Hidden = Activation.LeakyReLU, Output = Activation.Identity, NegativeSlope = 0.05)]
public sealed partial class StoredSteep;
