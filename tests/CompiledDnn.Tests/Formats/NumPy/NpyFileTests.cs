using System.Numerics;
using Xunit;

namespace CompiledDnn.Tests.Formats.NumPy;

public class NpyFileTests
{
    private static readonly string[] s_others = ["npz stored", "npz deflated", "objects", "structured", "complex", "text"];

    public static TheoryData<string> Readable => [.. NumPyFiles.Names.Except(s_others)];

    [Theory]
    [MemberData(nameof(Readable))]
    public void Files_of_NumPy_are_read_as_any_type_that_holds_their_numbers(string name)
    {
        Check<double>(name);
        Check<float>(name);
        if (NumPyFiles.Values(name).All(v => double.IsInteger(v) && Math.Abs(v) < 100))
        {
            Check<int>(name);
            Check<sbyte>(name);
            Check<Half>(name);
        }
    }

    [Theory]
    [InlineData("<f2")]
    [InlineData("<f4")]
    [InlineData("<f8")]
    [InlineData("|i1")]
    [InlineData("<i2")]
    [InlineData("<i4")]
    [InlineData("<i8")]
    [InlineData("|u1")]
    [InlineData("<u2")]
    [InlineData("<u4")]
    [InlineData("<u8")]
    [InlineData("vector")]
    [InlineData("scalar")]
    [InlineData("rank 6")]
    [InlineData("long shape")]
    [InlineData("empty")]
    [InlineData("empty rows")]
    [InlineData("fortran", true)]
    [InlineData("fortran rank 3", true)]
    [InlineData("fortran vector", true)]
    [InlineData("version 1")]
    [InlineData("version 2", false, 2)]
    [InlineData("version 3", false, 3)]
    public void What_is_written_is_what_NumPy_writes(string name, bool fortranOrder = false, int version = 1)
    {
        string key = name.Replace('|', '<');
        byte[] expected = NumPyFiles.Bytes(key);
        string descr = System.Text.Encoding.Latin1.GetString(expected, 10, 40).Split('\'')[3];
        byte[] actual = descr[1..] switch
        {
            "f2" => Write<Half>(key, fortranOrder, version),
            "f4" => Write<float>(key, fortranOrder, version),
            "f8" => Write<double>(key, fortranOrder, version),
            "i1" => Write<sbyte>(key, fortranOrder, version),
            "i2" => Write<short>(key, fortranOrder, version),
            "i4" => Write<int>(key, fortranOrder, version),
            "i8" => Write<long>(key, fortranOrder, version),
            "u1" => Write<byte>(key, fortranOrder, version),
            "u2" => Write<ushort>(key, fortranOrder, version),
            "u4" => Write<uint>(key, fortranOrder, version),
            _ => Write<ulong>(key, fortranOrder, version),
        };

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(actual));
    }

    [Fact]
    public void Bools_are_written_and_read_as_numbers()
    {
        using var stream = new MemoryStream();
        NpyFile.Write<bool>(stream, [true, false, true], [1, 3]);

        Assert.Equal(NumPyFiles.Bytes("|b1"), stream.ToArray());
        stream.Position = 0;
        Assert.Equal([1, 0, 1], NpyFile.Read<byte>(stream).Data);
    }

    [Fact]
    public void A_file_is_written_and_read_back()
    {
        using var file = new TemporaryFile();
        NpyFile.Write(file.Path, new double[] { 1, 2, 3, 4, 5, 6 }, [3, 2]);

        NpyArray<double> array = NpyFile.Read<double>(file.Path);
        Assert.Equal((3, 2), (array.Count, array.RowLength));
        Assert.Equal([1, 2, 3, 4, 5, 6], array.Data);
    }

    [Fact]
    public void Numbers_that_a_type_cannot_hold_are_named()
    {
        Assert.Contains("byte 128: the number at place 0 of type '<f4' is none that Int32 can hold", Refusal<float, int>(0.5f), StringComparison.Ordinal);
        Assert.Contains("byte 132: the number at place 1", Refusal<float, int>(1f, 2147483648f), StringComparison.Ordinal);
        Assert.Contains("byte 128: the number at place 0", Refusal<float, int>(float.NaN), StringComparison.Ordinal);
        Assert.Contains("none that Single can hold", Refusal<double, float>(1e300), StringComparison.Ordinal);
        Assert.Contains("byte 129: the number at place 1 of type '|i1' is none that Byte can hold", Refusal<sbyte, byte>(1, -1), StringComparison.Ordinal);
        Assert.Equal([float.PositiveInfinity], RoundTrip<double, float>([double.PositiveInfinity]));
        Assert.Equal([-2147483648], RoundTrip<float, int>([-2147483648f]));
        Assert.Equal([ulong.MaxValue], RoundTrip<ulong, ulong>([ulong.MaxValue]));

        static string Refusal<TFrom, TTo>(params TFrom[] numbers)
            where TFrom : unmanaged
            where TTo : unmanaged, INumberBase<TTo> => Assert.Throws<NumPyFileException>(() => RoundTrip<TFrom, TTo>(numbers)).Message;
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused()
    {
        using var stream = new MemoryStream();
        Assert.Throws<ArgumentException>(() => NpyFile.Write<float>(stream, new float[3], [2]));
        Assert.Throws<ArgumentException>(() => NpyFile.Write<float>(stream, new float[1], [-1, -1]));
        Assert.Throws<ArgumentException>(() => NpyFile.Write<float>(stream, new float[1], new long[65]));
        Assert.Throws<NotSupportedException>(() => NpyFile.Write<decimal>(stream, new decimal[1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NpyFile.Write<float>(stream, new float[1], [1], version: 4));
        Assert.Equal(0, stream.Length);
    }

    private static TTo[] RoundTrip<TFrom, TTo>(TFrom[] numbers)
        where TFrom : unmanaged
        where TTo : unmanaged, INumberBase<TTo>
    {
        using var stream = new MemoryStream();
        NpyFile.Write<TFrom>(stream, numbers, [numbers.Length]);
        stream.Position = 0;
        return NpyFile.Read<TTo>(stream).Data;
    }

    private static void Check<T>(string name)
        where T : unmanaged, INumberBase<T>
    {
        using var file = new TemporaryFile(NumPyFiles.Bytes(name));
        using var stream = new OneWay(NumPyFiles.Bytes(name));
        foreach (NpyArray<T> array in (NpyArray<T>[])[NpyFile.Read<T>(file.Path), NpyFile.Read<T>(stream)])
        {
            Assert.Equal(NumPyFiles.Shape(name), array.Shape);
            Assert.Equal(NumPyFiles.Values(name).Select(T.CreateTruncating), array.Data);
        }
    }

    private static byte[] Write<T>(string name, bool fortranOrder, int version)
        where T : unmanaged, INumberBase<T>
    {
        using var stream = new MemoryStream();
        NpyFile.Write<T>(stream, NumPyFiles.Values(name).Select(T.CreateChecked).ToArray(), NumPyFiles.Shape(name), fortranOrder, version);
        return stream.ToArray();
    }

    private sealed class OneWay(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
