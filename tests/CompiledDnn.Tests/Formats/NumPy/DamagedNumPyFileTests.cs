using CompiledDnn.Tests.Files;
using Xunit;

namespace CompiledDnn.Tests.Formats.NumPy;

/// <summary>NumPy's files damaged in every place.</summary>
public class DamagedNumPyFileTests
{
    [Theory]
    [InlineData("<f4")]
    [InlineData("version 2")]
    public void A_damaged_array_is_read_or_refused(string name)
    {
        byte[] whole = NumPyFiles.Bytes(name);

        int refused = Damage.Refusals<NumPyFileException>(
            Damage.Of(whole),
            file => NpyFile.Read<double>(new MemoryStream(file)),
            (refusal, length) => AssertSays(refusal, "NumPy stream", length));

        Assert.InRange(refused, 1000, 24 * whole.Length);
    }

    [Fact]
    public void Damaged_rows_are_read_or_refused()
    {
        using var target = new TemporaryFile(NumPyFiles.Bytes("<f4"));

        int refused = Damage.Refusals<NumPyFileException>(
            Damage.Briefly(NumPyFiles.Bytes("<f4")),
            file =>
            {
                File.WriteAllBytes(target.Path, file);
                using NpyRows<double> rows = NpyFile.OpenRows<double>(target.Path);
                rows.CopyRows([0, rows.Count - 1], new double[2 * rows.RowLength]);
            },
            (refusal, length) => AssertSays(refusal, target.Path, length));

        Assert.InRange(refused, 200, 400);
    }

    [Theory]
    [InlineData("npz stored")]
    [InlineData("npz deflated")]
    public void A_damaged_archive_is_read_or_refused(string name)
    {
        byte[] whole = NumPyFiles.Bytes(name);
        using var target = new TemporaryFile();

        int refused = Damage.Refusals<NumPyFileException>(
            Damage.Briefly(whole),
            file =>
            {
                File.WriteAllBytes(target.Path, file);
                using NpzFile npz = NpzFile.Open(target.Path);
                foreach (string array in npz.Names)
                {
                    npz.Read<double>(array);
                }
            },
            (refusal, _) => Assert.StartsWith(target.Path, refusal.File, StringComparison.Ordinal));

        Assert.InRange(refused, whole.Length, 2 * whole.Length);
    }

    [Fact]
    public void A_folder_is_refused_as_one_and_a_missing_file_as_ever()
    {
        string folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;
        try
        {
            foreach (Action read in new Action[] { () => NpyFile.Read<float>(folder), () => NpyFile.OpenRows<float>(folder), () => NpzFile.Open(folder) })
            {
                var refusal = Assert.Throws<NumPyFileException>(read);
                Assert.Equal((folder, 0), (refusal.File, refusal.Offset));
                Assert.Contains("a folder", refusal.Reason, StringComparison.Ordinal);
            }

            Assert.Throws<FileNotFoundException>(() => NpyFile.Read<float>(Path.Combine(folder, "none.npy")));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static void AssertSays(NumPyFileException refusal, string file, int length)
    {
        Assert.Equal(file, refusal.File);
        Assert.InRange(refusal.Offset, 0, length);
        Assert.NotEmpty(refusal.Reason);
    }
}
