using System.Numerics;
using CompiledDnn.Tests.Reference;
using Xunit;

namespace CompiledDnn.Tests.Training.Data;

public class ScalerTests
{
    public static TheoryData<string> Kinds => ["standard", "minmax", "minmax-1..3", "robust"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Scaled_numbers_are_those_of_scikit_learn(string kind)
    {
        Dataset<double> data = Data<double>();
        Scaler<double> scaler = Create<double>(kind).Fit(data);

        double[] scaled = scaler.Transform(data).X.ToArray();

        // A mean of a million costs six digits of the deviation from it.
        Assert.All(Preparation.Numbers(kind).Zip(scaled), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Max(1, Math.Abs(pair.First))));
        Assert.True(scaler.IsFitted);

        scaler.Inverse(scaled);
        Assert.All(data.X.ToArray().Zip(scaled), pair => Assert.Equal(pair.First, pair.Second, 1e-14 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_source_of_the_same_examples_gives_the_same_numbers(string kind)
    {
        Dataset<float> data = SourceCases.Rows(700);
        Scaler<float> expected = Create<float>(kind).Fit(data);

        foreach (IDataSource<float> source in (IDataSource<float>[])[new OwnSource(data), SourceCases.Streamed(data)])
        {
            Scaler<float> scaler = Create<float>(kind).Fit(source);
            Assert.Equal(expected.Center.ToArray(), scaler.Center.ToArray());
            Assert.Equal(expected.Scale.ToArray(), scaler.Scale.ToArray());
        }

        Assert.Equal(
            SourceCases.Epoch(expected.Transform(data), 32, shuffle: true, epoch: 1),
            SourceCases.Epoch(expected.Transform((IRandomAccessSource<float>)new OwnSource(data)), 32, shuffle: true, epoch: 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Folded_into_a_network_it_changes_the_inputs_and_not_the_outputs(string kind)
    {
        CheckFold<double>(kind, 1e-9);
        CheckFold<float>(kind, 1e-2);
    }

    [Fact]
    public void Saved_with_a_network_it_comes_back_and_the_network_is_read_as_ever()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Dataset<double> data = Data<double>();
            Scaler<double> scaler = new RobustScaler<double>().Fit(data);
            ReferenceNetwork<double> net = Network<double>(1);
            net.Save(path, scaler);

            Scaler<double> loaded = new RobustScaler<double>().Load(path);
            Assert.Equal(scaler.Center.ToArray(), loaded.Center.ToArray());
            Assert.Equal(scaler.Scale.ToArray(), loaded.Scale.ToArray());
            Assert.Equal(net.Parameters.Span.ToArray(), NetworkStorage.Load<double>(net.Shape, path).Span.ToArray());
            Assert.Equal(["activations", "format", "network", "scaler"], NetworkStorage.ReadNotes(path).Keys.Order());

            var other = new StandardScaler<double>();
            Assert.Contains("a RobustScaler, not a StandardScaler", Assert.Throws<NetworkFileException>(() => other.Load(path)).Message, StringComparison.Ordinal);
            Assert.False(other.IsFitted);

            NetworkStorage.Save(net.Parameters, path);
            Assert.Contains("the file has no scaler", Assert.Throws<NetworkFileException>(() => loaded.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{\"kind\":\"RobustScaler\",\"center\":[1],\"scale\":[0]}")]
    [InlineData("{\"kind\":\"RobustScaler\",\"center\":[1],\"scale\":[1,2]}")]
    [InlineData("{\"kind\":\"RobustScaler\",\"center\":[],\"scale\":[]}")]
    [InlineData("{\"kind\":\"RobustScaler\",\"center\":[1e999],\"scale\":[1]}")]
    [InlineData("{\"kind\":\"RobustScaler\",\"center\":[\"1\"],\"scale\":[1]}")]
    [InlineData("{\"kind\":\"RobustScaler\",\"center\":7}")]
    [InlineData("{\"kind\":3}")]
    [InlineData("[]")]
    [InlineData("RobustScaler")]
    public void A_damaged_scaler_is_refused(string note)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            NetworkStorage.Save(Network<double>(1).Parameters, path, new SaveOptions { Notes = new Dictionary<string, string> { ["scaler"] = note } });

            Assert.Throws<NetworkFileException>(() => new RobustScaler<double>().Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Notes_cannot_take_the_names_of_the_files_own()
    {
        string message = Assert.Throws<ArgumentException>(
            () => NetworkStorage.Save(Network<double>(1).Parameters, "unused", new SaveOptions { Notes = new Dictionary<string, string> { ["format"] = "x" } })).Message;

        Assert.Contains("'format' is the file's own", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_inputs_and_wrong_sizes_are_named()
    {
        Dataset<double> bad = Dataset.FromRows([1, 2, double.NaN, 4], 2, new double[2], 1);
        Assert.All(
            Kinds.Select(kind => Create<double>(kind.Data)),
            scaler => Assert.Contains("column 0 of Dataset of 2 examples", Assert.Throws<ArgumentException>(() => scaler.Fit(bad)).Message, StringComparison.Ordinal));
        Assert.All(
            Kinds.Select(kind => Create<double>(kind.Data)), scaler => Assert.Throws<ArgumentException>(() => scaler.Fit(bad.Slice(0, 0))));

        var scaler = new StandardScaler<double>();
        Assert.Throws<InvalidOperationException>(() => scaler.Transform(new double[2]));
        Assert.Throws<InvalidOperationException>(() => scaler.FoldInto(Network<double>(1)));
        scaler.Fit(bad.Slice(0, 1));
        Assert.Throws<ArgumentException>(() => scaler.Transform(new double[3]));
        Assert.Throws<ArgumentException>(() => scaler.Inverse(new double[3]));
        Assert.Throws<ArgumentException>(() => scaler.Transform(Data<double>()));
        Assert.Throws<ArgumentException>(() => scaler.FoldInto(Network<double>(1)));
        Assert.Throws<ArgumentException>(() => Network<double>(1).Save("unused", scaler));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MinMaxScaler<double>(1, 1));
    }

    private static void CheckFold<T>(string kind, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dataset<T> data = Data<T>();
        Scaler<T> scaler = Create<T>(kind).Fit(data);
        ReferenceNetwork<T> net = Network<T>(3);
        var expected = new T[data.Count * 3];
        var actual = new T[data.Count * 3];
        net.Predict(scaler.Transform(data).X.Span, expected);

        scaler.FoldInto(net);
        net.Predict(data.X.Span, actual);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(double.CreateChecked(pair.First), double.CreateChecked(pair.Second), tolerance));
    }

    // Column 1 lies near a million with a deviation of a half: in float its numbers have three digits. It is brought near for the folding.
    private static Dataset<T> Data<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] x = Preparation.Numbers("x");
        int columns = Preparation.Columns;
        if (typeof(T) == typeof(float))
        {
            x = [.. x.Select((number, i) => i % columns == 1 ? number - 1e6 : number)];
        }

        return Dataset.FromLabels(x.Select(T.CreateChecked).ToArray(), columns, new int[x.Length / columns]);
    }

    private static Scaler<T> Create<T>(string kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => kind switch
        {
            "standard" => new StandardScaler<T>(),
            "minmax" => new MinMaxScaler<T>(),
            "robust" => new RobustScaler<T>(),
            _ => new MinMaxScaler<T>(-1, 3),
        };

    private static ReferenceNetwork<T> Network<T>(int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new([6, 8, outputs], ReferenceActivation<T>.Tanh, ReferenceActivation<T>.Identity, ReferenceLoss<T>.MeanSquaredError, seed: 1, "Scaled");
}
