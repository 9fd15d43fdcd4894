namespace CompiledDnn.Tests.Reference;

public sealed partial class ReferenceNetwork<T>
{
    /// <inheritdoc/>
    public void Save(string path, SaveOptions options) => NetworkStorage.Save(Parameters, path, options);

    /// <inheritdoc/>
    public void Load(string path) => Swap(NetworkStorage.Load<T>(Shape, path));
}
