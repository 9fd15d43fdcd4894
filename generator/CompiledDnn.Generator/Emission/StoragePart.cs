namespace CompiledDnn.Generator.Emission;

/// <summary>Save and Load.</summary>
internal static class StoragePart
{
    public static void Write(EmitContext context)
    {
        new Member("public void Save(string path)")
            .Summary("Writes the weights and biases as a safetensors file with PyTorch's names. The file is written whole or not at all.")
            .Param("path", "The file; replaced if it exists.")
            .Throws("IO.IOException", "The file cannot be written.")
            .Body($"{EmitContext.Library}.NetworkStorage.Save(_parameters, path)")
            .Write(context);

        new Member("public void Load(string path)")
            .Summary("Reads weights and biases from a safetensors file and publishes them. A file that does not fit changes nothing.")
            .Param("path", "The file.")
            .Throws("IO.IOException", "The file cannot be read, is damaged, or is for a network of other sizes.")
            .Body($"Swap({EmitContext.Library}.NetworkStorage.Load<{context.Number}>(CompiledPlan.Shape, path))")
            .Write(context);
    }
}
