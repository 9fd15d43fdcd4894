namespace CompiledDnn.Generator.Emission;

/// <summary>Save and Load.</summary>
internal static class StoragePart
{
    public static void Write(EmitContext context)
    {
        string files = $"{EmitContext.Kernels}.NetworkFiles";
        string types = $"<{context.Number}, Inference>";
        new Member("public void Save(string path)")
            .Summary("Writes the weights and biases as a safetensors file with PyTorch's names. The file is written whole or not at all.")
            .Param("path", "The file; replaced if it exists.")
            .Throws("IO.IOException", "The file cannot be written.")
            .Body($"Save(path, new {EmitContext.Library}.SaveOptions())")
            .Write(context);

        new Member($"public void Save(string path, {EmitContext.Library}.SaveOptions options)")
            .Summary("Writes the weights and biases as a safetensors file, such as with half the bytes, or with notes.")
            .Param("path", "The file; replaced if it exists.")
            .Param("options", "How they are saved.")
            .Throws("ArgumentException", "The name of a note is taken.")
            .Throws("OverflowException", "A number is beyond the range of the type that the options ask for.")
            .Throws("IO.IOException", "The file cannot be written.")
            .Body($"{files}.Save{types}(_parameters, path, options)")
            .Write(context);

        new Member("public void Load(string path)")
            .Summary("Reads weights and biases from a safetensors file and publishes them. A file that does not fit changes nothing.")
            .Param("path", "The file; it must not be shortened in its place meanwhile, but it may be replaced.")
            .Throws("IO.IOException", "The file cannot be read, is damaged, or of other sizes or activations.")
            .Body($"Swap({files}.Load{types}(CompiledPlan.Shape, path))")
            .Write(context);
    }
}
