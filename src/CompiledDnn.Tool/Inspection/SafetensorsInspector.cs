namespace CompiledDnn.Tool.Inspection;

/// <summary>Prints the header of a safetensors file.</summary>
internal static class SafetensorsInspector
{
    public static void Print(Stream stream, string path, TextWriter output)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
        output.WriteLine($"safetensors, {header.Tensors.Count} tensors, {header.DataLength} bytes of data");
        foreach ((string key, string value) in header.Metadata)
        {
            output.WriteLine($"  {key}: {OneLine.Of(value)}");
        }

        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            output.WriteLine($"  {OneLine.Of(tensor.Name)}  {tensor.DType.Name} {tensor.ShapeText}");
        }
    }
}
