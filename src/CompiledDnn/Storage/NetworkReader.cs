namespace CompiledDnn;

/// <summary>
/// Fills a network's parameters from a safetensors file whose tensors are just those of the network; what a checkpoint has beside them is
/// passed over.
/// </summary>
internal static class NetworkReader
{
    /// <summary>Reads a file into a new block, mapped where that is possible.</summary>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="path">The file.</param>
    /// <param name="header">The file's header.</param>
    /// <exception cref="NetworkFileException">The file is damaged, of another format or for another network.</exception>
    public static ParameterBlock<T> ReadFile<T>(NetworkShape shape, string path, out SafetensorsHeader header)
        where T : unmanaged
    {
        using var stream = InputFile.Open(path);
        header = SafetensorsHeader.Read(stream, path);
        using TensorBytes data = MappedBytes.Open(stream);
        return Read<T>(shape, header, data);
    }

    /// <summary>Reads a stream into a new block.</summary>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="stream">A stream at the beginning of the file; read to its end.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="header">The file's header.</param>
    /// <exception cref="NetworkFileException">The file is damaged, of another format or for another network.</exception>
    public static ParameterBlock<T> ReadStream<T>(NetworkShape shape, Stream stream, string file, out SafetensorsHeader header)
        where T : unmanaged
    {
        header = SafetensorsHeader.Read(stream, file);
        using var data = new StreamBytes(stream);
        return Read<T>(shape, header, data);
    }

    /// <summary>Reads the data of a file into a new block.</summary>
    internal static ParameterBlock<T> Read<T>(NetworkShape shape, SafetensorsHeader header, TensorBytes data)
        where T : unmanaged
    {
        var expected = new Dictionary<string, NetworkTensor>();
        foreach (NetworkTensor tensor in NetworkTensor.Of(shape))
        {
            expected.Add(tensor.Name, tensor);
        }

        Match(shape, header, expected);

        // The tensors follow each other without a gap, so one pass over the data reads them all.
        var parameters = new ParameterBlock<T>(shape);
        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            ReadTensor(data, header, tensor, expected.GetValueOrDefault(tensor.Name), parameters);
        }

        if (!data.Next(1).IsEmpty)
        {
            throw new NetworkFileException(
                header.File, header.DataStart + header.DataLength, $"the tensors take {header.DataLength} bytes of data, but the file has a tail that belongs to no tensor.");
        }

        return parameters;
    }

    private static void Match(NetworkShape shape, SafetensorsHeader header, Dictionary<string, NetworkTensor> expected)
    {
        var present = new HashSet<string>();
        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            present.Add(tensor.Name);
        }

        foreach (NetworkTensor tensor in expected.Values)
        {
            if (!present.Contains(tensor.Name))
            {
                throw new NetworkFileException(
                    header.File,
                    SafetensorsHeader.PrefixLength,
                    $"{shape} needs the tensor '{tensor.Name}' of shape {SafetensorsTensor.TextOf(tensor.Shape)}, but the file has {Names(present)}; load it into a network of the sizes it was saved from.");
            }
        }

        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            string? wrong =
                NetworkTensor.IsForTraining(tensor.Name) ? null :
                !expected.TryGetValue(tensor.Name, out NetworkTensor? wanted)
                    ? $"{shape} has the tensors {Names(expected.Keys)}, but the file also has '{tensor.Name}' of shape {tensor.ShapeText}; load it into a network of the sizes it was saved from."
                : !tensor.Shape.AsSpan().SequenceEqual(wanted.Shape)
                    ? $"the tensor '{tensor.Name}' of {shape} has the shape {SafetensorsTensor.TextOf(wanted.Shape)}, but in the file it is {tensor.ShapeText}; load it into a network of the sizes it was saved from."
                : tensor.DType.Number is null
                    ? $"the tensor '{tensor.Name}' of {shape} is read from F64, F32, F16 or BF16, but in the file it is {tensor.DType.Name}; convert the file first."
                : null;
            if (wrong is not null)
            {
                throw new NetworkFileException(header.File, header.DataStart + tensor.Begin, wrong);
            }
        }
    }

    // Without a target the tensor is passed over, by reading it: not every stream can seek.
    private static void ReadTensor<T>(
        TensorBytes data, SafetensorsHeader header, SafetensorsTensor tensor, NetworkTensor? target, ParameterBlock<T> parameters)
        where T : unmanaged
    {
        int size = tensor.DType.Bits / 8;
        for (long at = tensor.Begin; at < tensor.End; at += TensorBytes.MaxCount)
        {
            int count = (int)Math.Min(TensorBytes.MaxCount, tensor.End - at);
            ReadOnlySpan<byte> part = data.Next(count);
            if (part.Length < count)
            {
                throw new NetworkFileException(
                    header.File,
                    header.DataStart + at + part.Length,
                    $"the tensors take {header.DataLength} bytes of data, but the file ends after {at + part.Length} of them; it was cut off.");
            }

            if (target is null)
            {
                continue;
            }

            long first = (at - tensor.Begin) / size;
            int read = target.CopyFrom(parameters.Span, first, part, tensor.DType);
            if (read < part.Length / size)
            {
                throw new NetworkFileException(
                    header.File,
                    header.DataStart + at + (read * size),
                    $"a number of the tensor '{tensor.Name}' is beyond the range of float; load the file into a {parameters.Shape.Name} with Precision.Double.");
            }
        }
    }

    private static string Names(IReadOnlyCollection<string> names)
    {
        const int Shown = 8;
        // Not a slice of the array: that would make one by its element's type, for which a native program needs the whole type loader (190 kB).
        string[] all = [.. names];
        return all.Length switch
        {
            0 => "no tensor",
            <= Shown => string.Join(", ", all),
            _ => $"{string.Join(", ", all, 0, Shown)} and {all.Length - Shown} more",
        };
    }
}
