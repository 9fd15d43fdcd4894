using CompiledDnn.Tests.Training.Data;
using Xunit;

namespace CompiledDnn.Tests.Formats.NumPy;

public class NpyRowsTests
{
    [Theory]
    [InlineData("<f4")]
    [InlineData(">f8")]
    [InlineData("<f2")]
    [InlineData(">i2")]
    [InlineData("|b1")]
    [InlineData("vector")]
    [InlineData("rank 6")]
    [InlineData("fortran")]
    [InlineData("fortran rank 3")]
    [InlineData("fortran big-endian")]
    [InlineData("fortran vector")]
    public void Rows_are_those_of_the_array(string name)
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes(name));
        using NpyRows<double> rows = NpyFile.OpenRows<double>(file.Path);
        NpyArray<double> array = NpyFile.Read<double>(file.Path);
        Assert.Equal((array.Count, array.RowLength), (rows.Count, rows.RowLength));
        Assert.Equal(array.Shape, rows.Shape);

        long[] order = [.. Enumerable.Range(0, array.Count).Select(i => (long)i).Reverse(), 0];
        var copied = new double[order.Length * rows.RowLength];
        rows.CopyRows(order, copied);

        Assert.Equal(order.SelectMany(row => array.Data.Skip((int)row * array.RowLength).Take(array.RowLength)), copied);
    }

    [Fact]
    public void Training_data_come_from_files_as_from_memory()
    {
        Dataset<float> data = SourceCases.Labels(200, inputs: 30);
        using var inputs = new TemporaryFile();
        using var targets = new TemporaryFile();
        NpyFile.Write(inputs.Path, data.X, [200, 5, 6]);
        NpyFile.Write(targets.Path, data.Labels.ToArray().Select(l => (long)l).ToArray(), [200]);
        using NpyRows<float> x = NpyFile.OpenRows<float>(inputs.Path);
        using NpyRows<int> labels = NpyFile.OpenRows<int>(targets.Path);

        IRandomAccessSource<float> source = Dataset.FromRowSources(x, labels);

        Assert.Equal(SourceCases.Epoch(data, 32, shuffle: true, epoch: 2), SourceCases.Epoch(source, 32, shuffle: true, epoch: 2));
        Assert.Equal($"{inputs.Path} with {targets.Path}", source.ToString());
    }

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes("<f4"));
        NpyRows<float> rows = NpyFile.OpenRows<float>(file.Path);

        Assert.Contains("there is no row 2", Assert.Throws<ArgumentException>(() => rows.CopyRows([2], new float[3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => rows.CopyRows([-1], new float[3]));
        Assert.Throws<ArgumentException>(() => rows.CopyRows([0], new float[2]));
        rows.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rows.CopyRows([0], new float[3]));
    }

    [Theory]
    [InlineData("scalar")]
    [InlineData("empty rows")]
    public void An_array_without_rows_is_refused(string name)
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes(name));

        Assert.Contains("has no rows", Assert.Throws<NumPyFileException>(() => NpyFile.OpenRows<float>(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_does_not_fit_and_a_file_cut_off_meanwhile_are_named()
    {
        using var file = new TemporaryFile();
        NpyFile.Write(file.Path, new double[] { 1, 2, 3, 1e300 }, [2, 2]);
        using NpyRows<float> rows = NpyFile.OpenRows<float>(file.Path);
        rows.CopyRows([0], new float[2]);
        Assert.Contains("byte 152: the number at place 3", Assert.Throws<NumPyFileException>(() => rows.CopyRows([1], new float[2])).Message, StringComparison.Ordinal);

        // Another program, one that does not respect locks.
        using (var process = System.Diagnostics.Process.Start("truncate", ["-s", "140", file.Path]))
        {
            process.WaitForExit();
        }

        Assert.Contains("cut off while it was in use", Assert.Throws<NumPyFileException>(() => rows.CopyRows([0], new float[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_are_rows_too()
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes("empty"));
        using NpyRows<float> rows = NpyFile.OpenRows<float>(file.Path);

        Assert.Equal((0L, 3), (rows.Count, rows.RowLength));
    }
}
