using CompiledDnn.Tests.Files;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>Safetensors files damaged in every place: one exception says where and why, and the network is as it was.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Target => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_network_refuses_a_damaged_file_and_stays_as_it_was()
    {
        new StoredPair(seed: 3).Save(Target);
        byte[] whole = File.ReadAllBytes(Target);
        var net = new StoredPair(seed: 4);
        ParameterBlock<float> block = net.Parameters;
        float[] before = block.Span.ToArray();

        int refused = Damage.Refusals<NetworkFileException>(
            Damage.Briefly(whole),
            file =>
            {
                File.WriteAllBytes(Target, file);
                net.Load(Target);
                block = net.Parameters;
                before = block.Span.ToArray();
            },
            (refusal, length) =>
            {
                Assert.Same(block, net.Parameters);
                Assert.Equal(before, block.Span.ToArray());
                AssertSays(refusal, Target, length);
            });

        Assert.InRange(refused, 3 * whole.Length / 2, 2 * whole.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_that_is_damaged_is_refused(bool canSeek) => Assert.InRange(
        Damage.Refusals<NetworkFileException>(
            Damage.Of(SafetensorsFile.Of(SafetensorsFile.Header, SafetensorsFile.Data)),
            file => NetworkStorage.Load<float>(SafetensorsFile.Shape, canSeek ? new MemoryStream(file) : new OneWayStream(file)),
            (refusal, length) => AssertSays(refusal, "safetensors stream", length)),
        2000,
        4000);

    [Fact]
    public void Notes_of_a_damaged_file_are_refused_or_read()
    {
        new StoredPair(seed: 3).Save(Target);
        Assert.InRange(
            Damage.Refusals<NetworkFileException>(
                Damage.Of(File.ReadAllBytes(Target), count: 200),
                file =>
                {
                    File.WriteAllBytes(Target, file);
                    NetworkStorage.ReadNotes(Target);
                },
                (refusal, length) => AssertSays(refusal, Target, length)),
            1000,
            5000);
    }

    [Fact]
    public void A_scaler_in_a_damaged_file_is_refused_or_read()
    {
        Scaler<float> scaler = new StandardScaler<float>().Fit(Dataset.FromLabels([1f, 2, 3, 5], 2, [0, 1]));
        new StoredPair(seed: 3).Save(Target, scaler);
        double[] center = scaler.Center.ToArray();
        byte[] whole = File.ReadAllBytes(Target);

        int refused = Damage.Refusals<NetworkFileException>(
            Damage.Briefly(whole),
            file =>
            {
                File.WriteAllBytes(Target, file);
                center = scaler.Load(Target).Center.ToArray();
            },
            (refusal, length) =>
            {
                Assert.Equal(center, scaler.Center.ToArray());
                AssertSays(refusal, Target, length);
            });

        Assert.InRange(refused, whole.Length, 2 * whole.Length);
    }

    [Fact]
    public void A_folder_is_refused_as_one_and_a_missing_file_as_ever()
    {
        var net = new StoredPair(seed: 4);
        float[] before = net.Parameters.Span.ToArray();

        var refusal = Assert.Throws<NetworkFileException>(() => net.Load(_folder));
        Assert.Equal((_folder, 0), (refusal.File, refusal.Offset));
        Assert.Contains("a folder", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(refusal.Message, Assert.Throws<NetworkFileException>(() => NetworkStorage.ReadNotes(_folder)).Message);
        Assert.Equal(Target, Assert.Throws<FileNotFoundException>(() => net.Load(Target)).FileName);
        Assert.Throws<DirectoryNotFoundException>(() => net.Load(Path.Combine(Target, "net.safetensors")));
        Assert.Equal(before, net.Parameters.Span.ToArray());
    }

    private static void AssertSays(NetworkFileException refusal, string file, int length)
    {
        Assert.Equal(file, refusal.File);
        Assert.InRange(refusal.Offset, -1, length);
        Assert.NotEmpty(refusal.Reason);
        Assert.StartsWith(file, refusal.Message, StringComparison.Ordinal);
    }
}

/// <summary>A network whose file is short.</summary>
[Network(2, 1)]
internal sealed partial class StoredPair;
