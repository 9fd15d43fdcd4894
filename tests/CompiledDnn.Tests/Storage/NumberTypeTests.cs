using System.Text;
using Xunit;

namespace CompiledDnn.Tests;

public sealed class NumberTypeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Target => Path.Combine(_folder, "net.safetensors");

    public static TheoryData<NumberType> Types => [.. Enum.GetValues<NumberType>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Types))]
    public void A_network_is_saved_in_any_type_and_keeps_its_own(NumberType type)
    {
        AssertRounded<float>(type);
        AssertRounded<double>(type);
    }

    [Fact]
    public void A_file_takes_as_many_bytes_as_its_type()
    {
        ParameterBlock<float> parameters = Random<float>();
        Dictionary<NumberType, long> lengths = Enum.GetValues<NumberType>().ToDictionary(static type => type, type =>
        {
            NetworkStorage.Save(parameters, Target, new SaveOptions { Type = type });
            using FileStream file = File.OpenRead(Target);
            SafetensorsHeader header = SafetensorsHeader.Read(file, Target);
            Assert.All(header.Tensors, tensor => Assert.Equal(type.ToString(), tensor.DType.Name));
            return header.DataLength;
        });
        int count = parameters.Shape.ParameterCount;
        Assert.Equal([8 * count, 4 * count, 2 * count, 2 * count], lengths.Values.Select(static length => (int)length));
    }

    [Fact]
    public void A_number_beyond_the_range_is_refused_by_name_and_the_old_file_stays()
    {
        ParameterBlock<float> parameters = Random<float>();
        parameters.B(2)[0] = 70000;
        File.WriteAllText(Target, "old");
        string message = Assert.Throws<OverflowException>(
            () => NetworkStorage.Save(parameters, Target, new SaveOptions { Type = NumberType.F16 })).Message;
        Assert.Equal("The tensor '2.bias' has the number 70000, which is beyond the range of F16; save it as a wider type.", message);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));

        NetworkStorage.Save(parameters, Target, new SaveOptions { Type = NumberType.BF16 });
        Assert.Equal(70144, NetworkStorage.Load<float>(parameters.Shape, Target).B(2)[0]);
    }

    [Fact]
    public void A_type_that_there_is_not_is_refused()
    {
        var options = new SaveOptions { Type = (NumberType)7 };
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkStorage.Save(Random<float>(), Target, options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StoredClassifier(1).Save(Target, options));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("BOOL")]
    [InlineData("U8")]
    [InlineData("I8")]
    [InlineData("F8_E4M3")]
    [InlineData("F8_E5M2")]
    [InlineData("I16")]
    [InlineData("I32")]
    [InlineData("I64")]
    [InlineData("U64")]
    [InlineData("C64")]
    public void A_type_that_is_none_of_a_network_is_refused_by_name(string name)
    {
        int size = SafetensorsDType.Find(name)!.Bits / 8;
        string header = $$$"""{"0.bias":{"dtype":"{{{name}}}","shape":[1],"data_offsets":[0,{{{size}}}]},"0.weight":{"dtype":"{{{name}}}","shape":[1,2],"data_offsets":[{{{size}}},{{{3 * size}}}]}}""";
        var error = Assert.Throws<NetworkFileException>(
            () => NetworkStorage.Load<float>(SafetensorsFile.Shape, new MemoryStream(SafetensorsFile.Of(Encoding.UTF8.GetBytes(header), new byte[3 * size]))));
        Assert.Contains($"is read from F64, F32, F16 or BF16, but in the file it is {name}; convert the file first.", error.Message, StringComparison.Ordinal);
    }

    private void AssertRounded<T>(NumberType type)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        ParameterBlock<T> parameters = Random<T>();
        T[] before = parameters.Span.ToArray();
        NetworkStorage.Save(parameters, Target, new SaveOptions { Type = type });
        Assert.Equal(before, parameters.Span.ToArray());
        Assert.Equal(before.Select(number => Rounded(number, type)), NetworkStorage.Load<T>(parameters.Shape, Target).Span.ToArray());
    }

    private static T Rounded<T>(T number, NumberType type)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var bytes = new byte[8];
        Assert.True(TensorNumbers.TryWrite(number, type, bytes));
        Assert.True(TensorNumbers.TryRead(bytes, type, out T rounded));
        return rounded;
    }

    private static ParameterBlock<T> Random<T>()
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var parameters = new ParameterBlock<T>(HandMadeShape.InputMajor<T>("Net", 7, 5, 2));
        Initializer.GlorotNormal.Initialize(parameters, seed: 1);
        return parameters;
    }
}
