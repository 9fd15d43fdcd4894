using CompiledDnn.Tests.Reference;
using PureHDF;
using Samples.Cats;
using Xunit;

namespace CompiledDnn.Tests;

public class CatDatasetTests
{
    /// <summary>The folder of the course's own files, if they are there.</summary>
    private static readonly string? s_courseFolder = Environment.GetEnvironmentVariable("CATVNONCAT_FOLDER") is { Length: > 0 } folder ? folder : null;

    [Fact]
    public void Pixels_and_labels_are_read_in_the_order_of_the_file()
    {
        var data = new CatData(CatFolder.Small(5), CatFolder.Small(3));
        using CatFolder folder = CatFolder.WithPictures(data);

        CatData read = CatDataset.Read(folder.Path);

        Assert.Equal(data.Train.Pixels, read.Train.Pixels);
        Assert.Equal([1, 0, 0, 1, 0], read.Train.Labels);
        Assert.Equal(data.Test.Pixels, read.Test.Pixels);
        Assert.Equal([1, 0, 0], read.Test.Labels);
    }

    [Fact]
    public void A_file_in_the_newer_form_of_HDF5_is_read_too()
    {
        Pictures small = CatFolder.Small(4);
        using CatFolder folder = CatFolder.WithPictures(new CatData(small, CatFolder.Small(1)));
        new H5File
        {
            ["train_set_x"] = new H5Dataset<byte[]>(small.Pixels, fileDims: [4, 64, 64, 3]),
            ["train_set_y"] = Array.ConvertAll(small.Labels, label => (long)label),
        }.Write(folder.Train);

        Pictures read = CatDataset.Read(folder.Path).Train;

        Assert.Equal(small.Pixels, read.Pixels);
        Assert.Equal(small.Labels, read.Labels);
    }

    [Fact]
    public void The_whole_data_set_is_209_and_50_pictures_and_its_first_cost_is_known()
    {
        using CatFolder drawn = CatFolder.WithPictures(CatPictures.Draw(1));

        CatData data = CatDataset.Read(s_courseFolder ?? drawn.Path);

        Assert.Equal((209, 72), (data.Train.Count, data.Train.CatCount));
        Assert.Equal((50, 33), (data.Test.Count, data.Test.CatCount));
        double[] x = data.Train.Inputs<double>();
        double[] y = data.Train.Targets<double>();
        var network = new CatClassifierDouble(seed: 1, Initializer.Course);
        CatClassifierDouble.Workspace state = network.CreateWorkspace(209);
        network.Forward(x, state);

        // The course's material prints this number; for drawn pictures it comes from plain loops.
        double expected = s_courseFolder is null ? ReferenceCost(x, y) : 0.7717493284;
        Assert.Equal(expected, network.Cost(y, state), 5e-11);
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page")]
    [InlineData("\uFEFF\n  <HTML><head></head></HTML>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 2572022\n", "git-LFS pointer")]
    [InlineData("", "it is empty")]
    [InlineData("PK\u0003\u0004 something packed", "504B0304")]
    public void What_is_not_HDF5_is_named(string text, string expected)
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        File.WriteAllText(folder.Test, text);

        AssertRefused(folder, folder.Test, "not an HDF5 file", expected);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(30)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(1000)]
    [InlineData(20000)]
    public void A_file_cut_off_is_refused(int length)
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        File.WriteAllBytes(folder.Train, File.ReadAllBytes(folder.Train)[..length]);

        AssertRefused(folder, folder.Train, "cut off", $"{length}");
    }

    [Fact]
    public void A_file_that_lacks_its_last_byte_is_refused()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        File.WriteAllBytes(folder.Train, File.ReadAllBytes(folder.Train)[..^1]);

        AssertRefused(folder, folder.Train, "cut off");
    }

    [Theory]
    [InlineData(new[] { 2, 32, 32, 3 }, "[2, 32, 32, 3]")]
    [InlineData(new[] { 2, 3, 64, 64 }, "[2, 3, 64, 64]")]
    [InlineData(new[] { 2, 12288 }, "[2, 12288]")]
    public void Pictures_of_another_shape_are_refused(int[] dimensions, string expected)
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        var data = new byte[dimensions.Aggregate((a, b) => a * b)];
        Overwrite(folder.Train, new OldHdf5().Bytes("train_set_x", dimensions, data).Longs("train_set_y", [2], [0, 1]));

        AssertRefused(folder, folder.Train, "train_set_x should be bytes [pictures, 64, 64, 3]", expected);
    }

    [Fact]
    public void Pixels_that_are_not_bytes_are_refused()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        Overwrite(folder.Train, new OldHdf5().Longs("train_set_x", [1, 64, 64, 3], new long[Pictures.Size]).Longs("train_set_y", [1], [0]));

        AssertRefused(folder, folder.Train, "train_set_x should be bytes", "8 bytes");
    }

    [Fact]
    public void Labels_of_another_number_are_refused()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        Overwrite(folder.Train, new OldHdf5().Bytes("train_set_x", [2, 64, 64, 3], CatFolder.Small(2).Pixels).Longs("train_set_y", [3], [0, 1, 0]));

        AssertRefused(folder, folder.Train, "train_set_y should be 64-bit integers [2]", "[3]");
    }

    [Fact]
    public void Labels_other_than_0_and_1_are_refused()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        Overwrite(folder.Train, new OldHdf5().Bytes("train_set_x", [2, 64, 64, 3], CatFolder.Small(2).Pixels).Longs("train_set_y", [2], [0, 7]));

        AssertRefused(folder, folder.Train, "labels are 0 or 1", "holds 7");
    }

    [Fact]
    public void A_file_without_a_data_set_is_refused_with_what_it_holds()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        File.Copy(folder.Test, folder.Train, overwrite: true);

        AssertRefused(folder, folder.Train, "has no train_set_x", "test_set_x");
    }

    [Fact]
    public void Damaged_bytes_are_read_or_refused_but_nothing_else_happens()
    {
        Pictures small = CatFolder.Small(1);
        using CatFolder folder = CatFolder.WithPictures(new CatData(small, small));
        byte[] good = File.ReadAllBytes(folder.Train);
        int metadata = good.Length - Pictures.Size;
        int refused = 0;
        for (int at = 0; at < metadata; at += 3)
        {
            byte[] damaged = [.. good];
            damaged[at] ^= 0xFF;
            File.WriteAllBytes(folder.Train, damaged);
            try
            {
                Assert.Equal(1, CatDataset.Read(folder.Path).Train.Count);
            }
            catch (InvalidDataException exception)
            {
                Assert.Contains(folder.Train, exception.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(refused > 50, $"only {refused} damaged files were refused");
    }

    [Fact]
    public void A_folder_or_a_file_that_is_not_there_is_named()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(CatFolder.Small(2), CatFolder.Small(1)));
        File.Delete(folder.Test);
        string nowhere = Path.Combine(folder.Path, "nowhere");

        Assert.Contains(folder.Test, Assert.Throws<FileNotFoundException>(() => CatDataset.Read(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(nowhere, Assert.Throws<DirectoryNotFoundException>(() => CatDataset.Read(nowhere)).Message, StringComparison.Ordinal);
    }

    private static void Overwrite(string path, OldHdf5 file) => File.WriteAllBytes(path, file.ToArray());

    private static void AssertRefused(CatFolder folder, string path, params string[] expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => CatDataset.Read(folder.Path)).Message;
        Assert.All([path, .. expected], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static double ReferenceCost(double[] x, double[] y)
    {
        var reference = new ReferenceNetwork<double>(
            [12288, 20, 7, 5, 1], ReferenceActivation<double>.ReLU, ReferenceActivation<double>.Sigmoid, ReferenceLoss<double>.SigmoidCrossEntropy);
        Initializer.Course.Initialize(reference.Parameters, seed: 1);
        NetworkWorkspace<double> state = reference.CreateWorkspace(y.Length);
        reference.Forward(x, state);
        return reference.Cost(y, state);
    }
}
