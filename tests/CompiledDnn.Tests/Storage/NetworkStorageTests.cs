using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace CompiledDnn.Tests;

public sealed class NetworkStorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parameters_survive_a_file_bit_for_bit(bool inputMajor)
    {
        AssertRoundTrip<float>(inputMajor);
        AssertRoundTrip<double>(inputMajor);
    }

    [Fact]
    public void A_file_holds_logical_tensors_whatever_the_layout()
    {
        NetworkShape outputMajor = HandMadeShape.OutputMajor<float>("Net", 30, 16, 8, 1);
        ParameterBlock<float> saved = Random<float>(outputMajor);
        ParameterBlock<float> loaded =
            NetworkStorage.Load<float>(HandMadeShape.InputMajor<float>("Net", 30, 16, 8, 1), new MemoryStream(Bytes(saved)));
        Assert.Equal(Dense(saved), Dense(loaded));
        Assert.Equal(Bytes(saved), Bytes(loaded));
        Assert.All(loaded.Span.ToArray().Zip(HandMadeShape.Used(loaded.Shape)), pair => Assert.True(pair.Second || pair.First == 0));
    }

    [Fact]
    public void A_tensor_longer_than_a_chunk_survives()
    {
        // 33 × 1000 doubles are 264,000 bytes: four chunks and a part, whose borders lie within rows.
        ParameterBlock<double> saved = Random<double>(HandMadeShape.InputMajor<double>("Long", 1000, 33));
        ParameterBlock<double> loaded = NetworkStorage.Load<double>(saved.Shape, new OneWayStream(Bytes(saved), most: 999));
        Assert.Equal(saved.Span.ToArray(), loaded.Span.ToArray());
    }

    [Fact]
    public void Single_precision_loads_exactly_into_double()
    {
        ParameterBlock<float> saved = Random<float>(HandMadeShape.OutputMajor<float>("Net", 7, 5, 2));
        ParameterBlock<double> loaded =
            NetworkStorage.Load<double>(HandMadeShape.OutputMajor<double>("Net", 7, 5, 2), new MemoryStream(Bytes(saved)));
        Assert.Equal(Dense(saved).Select(number => (double)number), Dense(loaded));
    }

    [Fact]
    public void Double_precision_loads_into_single_rounded_to_nearest()
    {
        ParameterBlock<double> saved = Random<double>(HandMadeShape.OutputMajor<double>("Net", 7, 5, 2));
        ParameterBlock<float> loaded =
            NetworkStorage.Load<float>(HandMadeShape.OutputMajor<float>("Net", 7, 5, 2), new MemoryStream(Bytes(saved)));
        Assert.Equal(Dense(saved).Select(number => (float)number), Dense(loaded));
    }

    [Fact]
    public void Numbers_that_are_not_finite_keep_their_bits()
    {
        var saved = new ParameterBlock<float>(SafetensorsFile.Shape);

        // As bits: a number on its way through a register may lose those of a signalling NaN.
        MemoryMarshal.Cast<float, uint>(saved.W(1))[0] = 0x7FA00001;
        saved.W(1)[1] = float.NegativeInfinity;
        saved.B(1)[0] = -0f;
        ParameterBlock<float> loaded = NetworkStorage.Load<float>(saved.Shape, new MemoryStream(Bytes(saved)));
        Assert.Equal(0x7FA00001u, MemoryMarshal.Cast<float, uint>(loaded.W(1))[0]);
        Assert.Equal(float.NegativeInfinity, loaded.W(1)[1]);
        Assert.Equal(0x80000000u, BitConverter.SingleToUInt32Bits(loaded.B(1)[0]));
    }

    [Fact]
    public void A_small_file_is_known_to_the_byte()
    {
        var parameters = new ParameterBlock<float>(HandMadeShape.InputMajor<float>("Tiny", 2, 1));
        parameters.CopyWeightsFrom(1, [1, -2]);
        parameters.B(1)[0] = 0.5f;
        const string Json =
            """{"__metadata__":{"format":"pt","network":"Tiny [2, 1]","activations":"ReLU"},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}""";
        byte[] expected =
        [
            200, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.UTF8.GetBytes(Json + "  "),
            0x00, 0x00, 0x00, 0x3F, 0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0,
        ];
        Assert.Equal(expected, Bytes(parameters));
    }

    [Fact]
    public void A_header_has_the_names_and_shapes_of_an_nn_Sequential()
    {
        ParameterBlock<double> parameters = Random<double>(HandMadeShape.OutputMajor<double>("TumourClassifier", 30, 16, 8, 1));
        byte[] file = Bytes(parameters);
        int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.Equal(0, length % 8);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        Assert.Equal(
            ["__metadata__", "0.bias", "0.weight", "2.bias", "2.weight", "4.bias", "4.weight"],
            header.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"format":"pt","network":"TumourClassifier [30, 16, 8, 1]","activations":"ReLU, ReLU, ReLU"}""", header.RootElement.GetProperty("__metadata__").GetRawText());
        Assert.Equal("""{"dtype":"F64","shape":[16,30],"data_offsets":[128,3968]}""", header.RootElement.GetProperty("0.weight").GetRawText());
        Assert.Equal("""{"dtype":"F64","shape":[8],"data_offsets":[3968,4032]}""", header.RootElement.GetProperty("2.bias").GetRawText());
        Assert.Equal(8 + length + (8 * ((31 * 16) + (17 * 8) + 9)), file.Length);
    }

    [Fact]
    public void Names_sort_as_text_and_load_back()
    {
        ParameterBlock<float> saved = Random<float>(HandMadeShape.OutputMajor<float>("Deep", 2, 2, 2, 2, 2, 2, 2, 1));
        byte[] file = Bytes(saved);
        string header = Encoding.UTF8.GetString(file, 8, (int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.True(header.IndexOf("\"10.weight\"", StringComparison.Ordinal) < header.IndexOf("\"2.bias\"", StringComparison.Ordinal));
        Assert.Equal(saved.Span.ToArray(), NetworkStorage.Load<float>(saved.Shape, new MemoryStream(file)).Span.ToArray());
    }

    [Fact]
    public void Files_of_other_writers_load_in_any_order_and_without_padding()
    {
        const string Header =
            "{ \"0.weight\" : {\"data_offsets\":[0,8], \"shape\":[1,2],\"dtype\":\"F32\"},\n\"0.bias\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}\t ";
        byte[] file = SafetensorsFile.Of(Header, [.. SafetensorsFile.Singles(1, 2), .. SafetensorsFile.Doubles(3)]);
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new OneWayStream(file) })
        {
            ParameterBlock<float> loaded = NetworkStorage.Load<float>(SafetensorsFile.Shape, stream);
            Assert.Equal([1, 2, 3], [loaded.W(1)[0], loaded.W(1)[1], loaded.B(1)[0]]);
        }
    }

    [Fact]
    public void A_stream_is_used_from_its_position_on_and_left_open()
    {
        ParameterBlock<float> saved = Random<float>(SafetensorsFile.Shape);
        using var stream = new MemoryStream();
        stream.Write([9, 9, 9]);
        NetworkStorage.Save(saved, stream);
        stream.Position = 3;
        Assert.Equal(saved.Span.ToArray(), NetworkStorage.Load<float>(saved.Shape, stream).Span.ToArray());
        Assert.True(stream.CanRead);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void A_network_with_letters_beyond_ASCII_keeps_its_name()
    {
        ParameterBlock<float> saved = Random<float>(HandMadeShape.OutputMajor<float>("Größe", 2, 1));
        using var stream = new MemoryStream(Bytes(saved));
        Assert.Equal("Größe [2, 1]", SafetensorsHeader.Read(stream, "file").Metadata["network"]);
    }

    [Fact]
    public void A_failed_load_of_a_file_names_the_file()
    {
        string path = Path.Combine(_folder, "page.safetensors");
        File.WriteAllText(path, "<!DOCTYPE html>");
        var error = Assert.Throws<NetworkFileException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, path));
        Assert.Equal(path, error.File);
        Assert.StartsWith(path + ", byte 0: ", error.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, path + ".none"));
    }

    [Fact]
    public void Arguments_that_are_missing_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => NetworkStorage.Save<float>(null!, "x"));
        Assert.Throws<ArgumentException>(() => NetworkStorage.Save(new ParameterBlock<float>(SafetensorsFile.Shape), ""));
        Assert.Throws<ArgumentNullException>(() => NetworkStorage.Load<float>(null!, "x"));
        Assert.Throws<ArgumentNullException>(() => NetworkStorage.Load<float>(SafetensorsFile.Shape, (Stream)null!));
    }

    private void AssertRoundTrip<T>(bool inputMajor)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        ParameterBlock<T> saved = Random<T>(HandMadeShape.Create<T>("Net", [30, 16, 8, 1], inputMajor));
        string path = Path.Combine(_folder, "net.safetensors");
        NetworkStorage.Save(saved, path);
        Assert.Equal(saved.Span.ToArray(), NetworkStorage.Load<T>(saved.Shape, path).Span.ToArray());
        Assert.Equal(Bytes(saved), File.ReadAllBytes(path));
    }

    private static ParameterBlock<T> Random<T>(NetworkShape shape)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var parameters = new ParameterBlock<T>(shape);
        Initializer.GlorotNormal.Initialize(parameters, seed: 1);
        for (int l = 1; l <= shape.Layers.Length; l++)
        {
            for (int o = 0; o < shape.Layer(l).Outputs; o++)
            {
                parameters.B(l)[o] = T.CreateSaturating(l + (0.1 * o));
            }
        }

        return parameters;
    }

    private static byte[] Bytes<T>(ParameterBlock<T> parameters)
        where T : unmanaged
    {
        using var stream = new MemoryStream();
        NetworkStorage.Save(parameters, stream);
        return stream.ToArray();
    }

    private static T[] Dense<T>(ParameterBlock<T> parameters)
        where T : unmanaged
    {
        var numbers = new List<T>();
        foreach (LayerInfo layer in parameters.Shape.Layers)
        {
            var weights = new T[layer.Outputs * layer.Inputs];
            parameters.CopyWeightsTo(layer.Index, weights);
            numbers.AddRange(weights);
            numbers.AddRange(parameters.B(layer.Index)[..layer.Outputs]);
        }

        return [.. numbers];
    }
}
