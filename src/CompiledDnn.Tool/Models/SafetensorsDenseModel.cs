using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace CompiledDnn.Tool.Models;

/// <summary>A dense network from the tensors NAME.weight and NAME.bias of a safetensors file.</summary>
internal static class SafetensorsDenseModel
{
    private const string WeightEnd = ".weight";
    private const string BiasEnd = ".bias";

    private static readonly string[] Read16 = ["F16", "BF16"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hidden">The activation of every layer but the last.</param>
    /// <param name="output">The activation of the last layer; null for Sigmoid or Softmax, by the number of outputs.</param>
    /// <exception cref="NetworkFileException">The file is damaged, or its tensors are not those of a chain of dense layers.</exception>
    public static DenseModel Read(string path, Activation hidden, Activation? output)
    {
        using var stream = InputFile.Open(path);
        SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
        SafetensorsTensor[] tensors = [.. header.Tensors.Where(static tensor => !NetworkTensor.IsForTraining(tensor.Name))];
        foreach (SafetensorsTensor tensor in tensors)
        {
            Check(tensor, path);
        }

        SafetensorsTensor[] weights = Chain([.. tensors.Where(static tensor => tensor.Shape.Length == 2)], path);
        Dictionary<string, SafetensorsTensor> biases = tensors.Where(static tensor => tensor.Shape.Length == 1).ToDictionary(static tensor => tensor.Name);
        var layers = new List<DenseLayer>();
        foreach (SafetensorsTensor weight in weights)
        {
            (int outputs, int inputs) = ((int)weight.Shape[0], (int)weight.Shape[1]);
            double[] b = biases.Remove(Stem(weight) + BiasEnd, out SafetensorsTensor? bias) ? Numbers(stream, header, bias) : new double[outputs];
            if (b.Length != outputs)
            {
                throw new NetworkFileException(path, $"the tensor '{weight.Name}' has {outputs} outputs, but its bias has {b.Length}.");
            }

            bool isLast = layers.Count == weights.Length - 1;
            Activation activation = isLast ? output ?? (outputs == 1 ? Activation.Sigmoid : Activation.Softmax) : hidden;
            layers.Add(new(inputs, outputs, Numbers(stream, header, weight), b, activation, null, KnownActivations.ExpressionOf(activation)));
        }

        if (biases.Count > 0)
        {
            throw new NetworkFileException(path, $"the tensor '{biases.Keys.First()}' belongs to no weights of a dense layer.");
        }

        var model = new DenseModel([.. layers], tensors.Any(static tensor => tensor.DType == SafetensorsDType.F64))
        {
            Notes = header.Metadata.Where(static note => !NetworkNotes.IsOwn(note.Key) && note.Key != NetworkNotes.Training).ToDictionary(),
        };
        DenseExample.Check(model, header);
        return model;
    }

    private static void Check(SafetensorsTensor tensor, string path)
    {
        bool isWeight = tensor.Name.EndsWith(WeightEnd, StringComparison.Ordinal) && tensor.Shape is [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue];
        bool isBias = tensor.Name.EndsWith(BiasEnd, StringComparison.Ordinal) && tensor.Shape is [> 0 and <= int.MaxValue];
        if (!isWeight && !isBias)
        {
            throw new NetworkFileException(
                path, $"the tensor '{tensor.Name}' of shape {tensor.ShapeText} is neither NAME.weight [outputs, inputs] nor NAME.bias [outputs] of a dense layer.");
        }

        if (tensor.DType != SafetensorsDType.F32 && tensor.DType != SafetensorsDType.F64 && !Read16.Contains(tensor.DType.Name))
        {
            throw new NetworkFileException(path, $"the tensor '{tensor.Name}' is {tensor.DType.Name}; F64, F32, F16 and BF16 are read.");
        }
    }

    // The order of the names, 10 after 2, or else of the data, in which each layer reads what the one before gives.
    private static SafetensorsTensor[] Chain(SafetensorsTensor[] weights, string path)
    {
        SafetensorsTensor[] byName =
            [.. weights.OrderBy(static weight => Regex.Replace(Stem(weight), "[0-9]+", static digits => digits.Value.PadLeft(12, '0')), StringComparer.Ordinal)];
        SafetensorsTensor[] chain = IsChain(byName) ? byName : weights;
        return weights.Length > 0 && IsChain(chain)
            ? chain
            : throw new NetworkFileException(
                path,
                weights.Length == 0
                    ? "the file has no tensor NAME.weight [outputs, inputs]."
                    : $"the tensors are no chain of dense layers, each reading what the one before gives: {string.Join(", ", byName.Select(static w => $"{w.Name} {w.ShapeText}"))}.");
    }

    private static bool IsChain(SafetensorsTensor[] weights) => weights.Zip(weights.Skip(1)).All(static pair => pair.First.Shape[0] == pair.Second.Shape[1]);

    private static string Stem(SafetensorsTensor weight) => weight.Name[..^WeightEnd.Length];

    private static double[] Numbers(FileStream stream, SafetensorsHeader header, SafetensorsTensor tensor)
    {
        if (tensor.End - tensor.Begin > Array.MaxLength)
        {
            throw new NetworkFileException(header.File, header.DataStart + tensor.Begin, $"the tensor '{tensor.Name}' has more than 2 GiB.");
        }

        var bytes = new byte[tensor.End - tensor.Begin];
        stream.Position = header.DataStart + tensor.Begin;
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length)
        {
            throw new NetworkFileException(header.File, header.DataStart + tensor.Begin + got, "the file was cut off while it was read.");
        }

        int size = tensor.DType.Bits / 8;
        var numbers = new double[bytes.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.AsSpan(i * size);
            numbers[i] = tensor.DType.Name switch
            {
                "F64" => BinaryPrimitives.ReadDoubleLittleEndian(number),
                "F32" => BinaryPrimitives.ReadSingleLittleEndian(number),
                "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(number),
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(number) << 16),
            };
        }

        return numbers;
    }
}
