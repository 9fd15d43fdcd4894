using Xunit;
using static CompiledDnn.Tests.Networks.Subjects;

namespace CompiledDnn.Tests.Networks;

/// <summary>Save and Load of generated networks.</summary>
public sealed class NetworkFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string FilePath => Path.Combine(_folder, "network.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_network_loaded_predicts_the_same_bits()
    {
        CheckRoundTrip(new Classifier(seed: 1), new Classifier(seed: 2), net => net.Save(FilePath), net => net.Load(FilePath));
        CheckRoundTrip(new BinaryDouble(seed: 1), new BinaryDouble(seed: 2), net => net.Save(FilePath), net => net.Load(FilePath));
        CheckRoundTrip(new Wide(seed: 1), new Wide(seed: 2), net => net.Save(FilePath), net => net.Load(FilePath));
    }

    [Fact]
    public void A_file_of_other_sizes_names_both_shapes_and_changes_nothing()
    {
        new OtherClassifier(seed: 1).Save(FilePath);
        var net = new Classifier(seed: 2);
        float[] before = net.Parameters.Span.ToArray();
        ParameterBlock<float> block = net.Parameters;

        NetworkFileException refusal = Assert.Throws<NetworkFileException>(() => net.Load(FilePath));

        Assert.Contains(FilePath, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Classifier [3, 4, 2] has the shape [4], but in the file it is [5]", refusal.Message, StringComparison.Ordinal);
        Assert.Same(block, net.Parameters);
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    [Fact]
    public void A_file_that_is_not_there_changes_nothing()
    {
        var net = new Classifier(seed: 2);
        float[] before = net.Parameters.Span.ToArray();

        Assert.Throws<FileNotFoundException>(() => net.Load(FilePath));

        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    private static void CheckRoundTrip<TNetwork>(TNetwork saved, TNetwork loaded, Action<TNetwork> save, Action<TNetwork> load)
        where TNetwork : class
    {
        object expected = Predict(saved);
        Assert.NotEqual(expected, Predict(loaded));
        save(saved);
        load(loaded);

        Assert.Equal(expected, Predict(loaded));
    }

    private static object Predict(object net) =>
        net is INetwork<float> single ? Predict(single, i => i % 7 * 0.25f) : Predict((INetwork<double>)net, i => i % 7 * 0.25);

    private static T[] Predict<T>(INetwork<T> net, Func<int, T> x)
        where T : unmanaged
    {
        var outputs = new T[5 * net.Shape.OutputSize];
        net.Predict([.. Enumerable.Range(0, 5 * net.Shape.InputSize).Select(x)], outputs);
        return outputs;
    }
}
