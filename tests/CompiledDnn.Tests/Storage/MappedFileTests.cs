using System.Runtime.Versioning;
using Xunit;

namespace CompiledDnn.Tests;

public sealed class MappedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Target => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mapped_file_is_read_as_a_stream_is()
    {
        // Several pieces, and a part of one.
        ParameterBlock<double> saved = Wide();
        NetworkStorage.Save(saved, Target);
        using FileStream file = File.OpenRead(Target);
        file.Position = 100;
        using TensorBytes mapped = MappedBytes.Open(file);
        Assert.IsType<MappedBytes>(mapped);
        var read = new List<byte>();
        for (ReadOnlySpan<byte> part = mapped.Next(TensorBytes.MaxCount); !part.IsEmpty; part = mapped.Next(TensorBytes.MaxCount))
        {
            read.AddRange(part);
        }

        Assert.Equal(File.ReadAllBytes(Target)[100..], read);
        Assert.Equal(saved.Span.ToArray(), NetworkStorage.Load<double>(saved.Shape, Target).Span.ToArray());
    }

    [Fact]
    public void A_file_that_was_loaded_is_free_again()
    {
        ParameterBlock<double> saved = Wide();
        NetworkStorage.Save(saved, Target);
        NetworkStorage.Load<double>(saved.Shape, Target);
        using (File.Open(Target, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
        }

        NetworkStorage.Save(saved, Target);
        File.Delete(Target);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_cut_off_while_it_is_mapped_is_refused_and_the_process_lives()
    {
        ParameterBlock<double> saved = Wide();
        NetworkStorage.Save(saved, Target);
        for (int left = 0; left < 3; left++)
        {
            string path = Path.Combine(_folder, $"cut{left}.safetensors");
            File.Copy(Target, path);
            using FileStream file = File.OpenRead(path);
            SafetensorsHeader header = SafetensorsHeader.Read(file, path);
            using TensorBytes mapped = MappedBytes.Open(file);
            long length = header.DataStart + (left * 70_000L);
            using (var cut = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                cut.SetLength(length);
            }

            var error = Assert.Throws<NetworkFileException>(() => NetworkReader.Read<double>(saved.Shape, header, mapped));
            Assert.Equal(length, error.Offset);
            Assert.Contains("it was cut off", error.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_cannot_be_mapped_is_read_as_a_stream()
    {
        File.WriteAllBytes(Target, []);
        using FileStream file = File.OpenRead(Target);
        using TensorBytes bytes = MappedBytes.Open(file);
        Assert.IsType<StreamBytes>(bytes);
        Assert.True(bytes.Next(1).IsEmpty);
    }

    [Fact]
    public void Every_length_of_a_file_is_refused_but_its_own()
    {
        byte[] whole = SafetensorsFile.Of(SafetensorsFile.Header, SafetensorsFile.Data);
        for (int length = 0; length <= whole.Length + 1; length++)
        {
            File.WriteAllBytes(Target, [.. whole.Take(length), .. new byte[Math.Max(0, length - whole.Length)]]);
            if (length == whole.Length)
            {
                Assert.Equal(3, NetworkStorage.Load<float>(SafetensorsFile.Shape, Target).B(1)[0]);
                continue;
            }

            var error = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, Target));
            Assert.InRange(error.Offset, 0, length);
        }
    }

    private static ParameterBlock<double> Wide()
    {
        var parameters = new ParameterBlock<double>(HandMadeShape.InputMajor<double>("Wide", 1000, 33));
        Initializer.GlorotNormal.Initialize(parameters, seed: 1);
        return parameters;
    }
}
