using System.Text;
using Xunit;

namespace CompiledDnn.Tests;

public class RejectedFileTests
{
    // Entries of a header; W and B are right, and their data follow each other in twelve bytes.
    private const string B = "\"0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    private const string W = "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[4,12]}";

    /// <summary>Header, bytes of data, what the message says.</summary>
    public static TheoryData<string, int, string> Headers => new()
    {
        // JSON
        { "{", 12, "not valid JSON" },
        { "{" + B + "," + W, 12, "not valid JSON" },
        { "{" + B + "," + W + "}}", 12, "not valid JSON" },
        { "{" + B + "," + W + "} {}", 12, "not valid JSON" },
        { "{" + B + "," + W + ",}", 12, "not valid JSON" },
        { "{" + B + "," + W + "}\0\0", 12, "not valid JSON" },
        { "{/**/" + B + "," + W + "}", 12, "not valid JSON" },
        { "{\"0.bias\\ud800\":{}}", 12, "half a character" },
        { "[" + B + "]", 12, "expected the header to begin with '{'" },
        { " {" + B + "," + W + "}", 12, "expected the header to begin with '{'" },
        { "<html>", 12, "a web page" },

        // Keys
        { "{" + B + "," + B + "," + W + "}", 12, "the key '0.bias' twice" },
        { "{" + B + ",\"0\\u002ebias\":{}," + W + "}", 12, "the key '0.bias' twice" },
        { "{\"__metadata__\":{},\"__metadata__\":{}," + B + "," + W + "}", 12, "the key '__metadata__' twice" },
        { "{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}," + B + "," + W + "}", 12, "the key 'a' twice" },
        { "{\"0.bias\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}," + W + "}", 12, "the key 'dtype' twice" },
        { "{\"0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}," + W + "}", 12, "the key 'shape' twice" },
        { Bias("[1]", "[0,4],\"data_offsets\":[0,4]"), 12, "the key 'data_offsets' twice" },
        { Bias("[1]", "[0,4],\"strides\":[1]"), 12, "the unknown key 'strides'" },
        { "{\"0.bias\":{\"shape\":[1],\"data_offsets\":[0,4]}," + W + "}", 12, "'0.bias' has no dtype" },
        { "{\"0.bias\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}," + W + "}", 12, "'0.bias' has no shape" },
        { "{\"0.bias\":{\"dtype\":\"F32\",\"shape\":[1]}," + W + "}", 12, "'0.bias' has no data_offsets" },

        // Kinds of value
        { "{\"__metadata__\":{\"a\":1}," + B + "," + W + "}", 12, "'a' of __metadata__ must be a string" },
        { "{\"__metadata__\":{\"a\":null}," + B + "," + W + "}", 12, "'a' of __metadata__ must be a string" },
        { "{\"__metadata__\":[]," + B + "," + W + "}", 12, "__metadata__ must be an object" },
        { "{\"__metadata__\":null," + B + "," + W + "}", 12, "__metadata__ must be an object" },
        { "{\"0.bias\":[]," + W + "}", 12, "the entry of tensor '0.bias' must be an object" },
        { "{\"0.bias\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}," + W + "}", 12, "the dtype of tensor '0.bias' must be a string" },
        { Bias("1", "[0,4]"), 12, "the shape of tensor '0.bias' must be an array" },
        { Bias("[[1]]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[\"1\"]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[true]", "[0,4]"), 12, "must be non-negative integers" },
        { "{\"0.bias\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}," + W + "}", 12, "the unknown dtype 'F31'" },
        { "{\"0.bias\":{\"dtype\":\"f32\",\"shape\":[1],\"data_offsets\":[0,4]}," + W + "}", 12, "the unknown dtype 'f32'" },

        // Integers
        { Bias("[-1]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[-0]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[1.0]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[1e0]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[9223372036854775808]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[99999999999999999999999999]", "[0,4]"), 12, "must be non-negative integers" },
        { Bias("[1]", "[0,-4]"), 12, "must be non-negative integers" },
        { Bias("[1]", "[0.5,4]"), 12, "must be non-negative integers" },
        { Bias("[4294967296,4294967296]", "[0,4]"), 12, "more numbers than a file can hold" },
        { Bias("[4611686018427387904]", "[0,4]"), 12, "more numbers than a file can hold" },
        { Bias("[" + string.Join(",", Enumerable.Repeat("1", 33)) + "]", "[0,4]"), 12, "must not have more than 32 numbers" },

        // Places
        { Bias("[1]", "[4]"), 12, "have 1 numbers; expected begin and end" },
        { Bias("[1]", "[0,4,8]"), 12, "must not have more than 2 numbers" },
        { Bias("[1]", "[4,0]"), 12, "end at 0, before they begin at 4" },
        { Bias("[1]", "[0,8]"), 12, "takes 4 bytes, but its data_offsets span 8" },
        { Bias("[0]", "[0,4]"), 12, "takes 0 bytes, but its data_offsets span 4" },
        { "{\"0.bias\":{\"dtype\":\"F4\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1, "takes 0.5 bytes, but its data_offsets span 1" },
        { "{" + B + "," + Weight(8) + "}", 16, "begins at byte 8 of the data, but the one before it ends at 4; the format forbids a hole" },
        { "{" + Bias(4) + "," + Weight(8) + "}", 16, "the format forbids a hole" },
        { "{" + B + "," + Weight(0) + "}", 8, "the format forbids an overlap" },
        { "{" + B + "," + Weight(2) + "}", 10, "the format forbids an overlap" },
        { "{" + B + "," + Weight(9223372036854775799) + "}", 12, "the format forbids a hole" },
        { "{" + B + "," + W + "}", 13, "a tail that belongs to no tensor" },
        { "{" + B + "," + W + "}", 11, "was cut off" },

        // The network
        { "{}", 0, "Pair [2, 1] needs the tensor '0.weight' of shape [1, 2], but the file has no tensor" },
        { "{" + B + "}", 4, "Pair [2, 1] needs the tensor '0.weight' of shape [1, 2], but the file has 0.bias" },
        { "{" + B + "," + W + ",\"2.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}", 16, "Pair [2, 1] has the tensors 0.weight, 0.bias, but the file also has '2.bias' of shape [1]" },
        { "{" + B + ",\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]}}", 12, "the tensor '0.weight' of Pair [2, 1] has the shape [1, 2], but in the file it is [2, 1]" },
        { "{" + B + ",\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "has the shape [1, 2], but in the file it is [2]" },
        { "{\"0.bias\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}," + W + "}", 12, "the tensor '0.bias' of Pair [2, 1] has the shape [1], but in the file it is []" },
        { "{\"0.bias\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[0,2]}," + Weight(2) + "}", 10, "the tensor '0.bias' of Pair [2, 1] is read from F64, F32, F16 or BF16, but in the file it is I16" },
        { "{\"0.bias\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}," + Weight(8) + "}", 16, "in the file it is I64" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_wrong_header_is_refused_in_words(string header, int dataLength, string reason)
    {
        byte[] file = SafetensorsFile.Of(header, new byte[dataLength]);
        AssertRefused(file, reason, new MemoryStream(file));
        AssertRefused(file, reason, new OneWayStream(file));
        AssertRefusedAsFile(file, reason);
    }

    /// <summary>The first bytes of a file, what the message says.</summary>
    public static TheoryData<byte[], string> Beginnings => new()
    {
        { [], "at least 8 bytes, but it has 0" },
        { [1, 2, 3, 4, 5, 6, 7], "at least 8 bytes, but it has 7" },
        { "<html>"u8.ToArray(), "a web page" },
        { "<!DOCTYPE html><html lang=\"en\"><head>"u8.ToArray(), "a web page" },
        { "\n  <html><head></head></html>"u8.ToArray(), "a web page" },
        { "version https://git-lfs.github.com/spec/v1\noid sha256:00"u8.ToArray(), "git lfs pull" },
        { "PK\u0003\u0004--------------------"u8.ToArray(), "zip archive" },
        { [0x08, 0x08, 0x12, 0x07, .. "pytorch------"u8], "an ONNX model" },
        { [0x89, .. "HDF\r\n\u001a\n------------------"u8], "HDF5" },
        { [0x93, .. "NUMPY\u0001\0v\0{'descr': '<f4'"u8], "NumPy array" },
        { SafetensorsFile.WithLength(100_000_001, "{}"u8.ToArray(), []), "100000001 bytes, but the format allows 100000000" },
        { SafetensorsFile.WithLength(ulong.MaxValue, "{}"u8.ToArray(), []), "18446744073709551615 bytes" },
        { SafetensorsFile.WithLength(0, [], []), "expected the header to begin with '{'" },
        { SafetensorsFile.Of([.. "{\"0.bias"u8, 0xff, .. "\":{}}"u8], []), "not valid UTF-8" },
        { SafetensorsFile.Of([.. "{\"0.bias"u8, 0xed, 0xa0, 0x80, .. "\":{}}"u8], []), "not valid UTF-8" },
        { SafetensorsFile.Of([0xef, 0xbb, 0xbf, .. "{}"u8], []), "expected the header to begin with '{'" },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void What_is_no_safetensors_file_is_refused_in_words(byte[] file, string reason)
    {
        AssertRefused(file, reason, new MemoryStream(file));
        AssertRefused(file, reason, new OneWayStream(file));
        AssertRefusedAsFile(file, reason);
    }

    [Fact]
    public void A_declared_length_takes_no_memory_before_the_bytes_are_there()
    {
        byte[] file = SafetensorsFile.WithLength(100_000_000, "{}"u8.ToArray(), []);
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new OneWayStream(file) })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var error = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, stream));
            Assert.Contains("100000000 bytes", error.Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void A_header_of_too_many_tensors_is_refused()
    {
        var header = new StringBuilder("{");
        for (int i = 0; i <= 100_000; i++)
        {
            header.Append(i == 0 ? "" : ",").Append('"').Append(i).Append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }

        byte[] file = SafetensorsFile.Of(header.Append('}').ToString(), []);
        AssertRefused(file, "more than 100000 tensors", new MemoryStream(file));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = SafetensorsFile.Of(SafetensorsFile.Header, SafetensorsFile.Data);
        Assert.Equal(3, NetworkStorage.Load<float>(SafetensorsFile.Shape, new OneWayStream(whole)).B(1)[0]);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] file = whole[..length];
            var known = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, new MemoryStream(file)));
            var unknown = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, new OneWayStream(file)));
            Assert.InRange(known.Offset, 0, length);
            Assert.Equal(length, unknown.Offset);
        }
    }

    [Fact]
    public void The_message_says_where_the_entry_is()
    {
        string header = "{" + B + ",\"0.weight\":{\"dtype\":\"F31\"}}";
        byte[] file = SafetensorsFile.Of(header, new byte[12]);
        var error = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, new MemoryStream(file)));
        Assert.Equal(8 + header.IndexOf("\"F31\"", StringComparison.Ordinal), error.Offset);
        Assert.Equal($"safetensors stream, byte {error.Offset}: {error.Reason}", error.Message);
    }

    [Fact]
    public void A_finite_number_beyond_the_range_of_float_is_refused()
    {
        const string Header =
            """{"0.bias":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[8,24]}}""";
        byte[] file = SafetensorsFile.Of(Header, SafetensorsFile.Doubles(double.PositiveInfinity, 1, 1e39));
        var error = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, new MemoryStream(file)));
        Assert.Contains("'0.weight' is beyond the range of float", error.Message, StringComparison.Ordinal);
        Assert.Equal(8 + Header.Length + 16, error.Offset);

        NetworkShape shape = HandMadeShape.OutputMajor<double>("Pair", 2, 1);
        Assert.Equal(1e39, NetworkStorage.Load<double>(shape, new MemoryStream(file)).W(1)[1]);
    }

    private static void AssertRefusedAsFile(byte[] file, string reason)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, file);
            var error = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, path));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.Equal(path, error.File);
            Assert.InRange(error.Offset, 0, file.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void AssertRefused(byte[] file, string reason, Stream stream)
    {
        var error = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, stream));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset, 0, file.Length);
    }

    private static string Bias(string shape, string offsets) =>
        "{\"0.bias\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}," + W + "}";

    private static string Bias(long begin) => $"\"0.bias\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[{begin},{begin + 4}]}}";

    private static string Weight(long begin) => $"\"0.weight\":{{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[{begin},{begin + 8}]}}";
}
