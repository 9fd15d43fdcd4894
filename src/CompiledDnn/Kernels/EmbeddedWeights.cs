using System.ComponentModel;

namespace CompiledDnn.Kernels;

/// <summary>Weights that are part of the program, as a resource of the assembly that the network is in. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddedWeights
{
    /// <summary>Loads them into a new block.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="network">The network's class, in the assembly that has the resource.</param>
    /// <param name="resource">The name of the resource, a safetensors file.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The weights are not there, damaged, or for a network of other sizes.</exception>
    public static ParameterBlock<T> Load<T>(NetworkShape shape, Type network, string resource)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(network);
        using Stream stream = network.Assembly.GetManifestResourceStream(resource)
            ?? throw new NetworkFileException(
                resource, 0, $"the assembly {network.Assembly.GetName().Name} has no such resource; build it with the targets of the package CompiledDnn.");
        return NetworkStorage.Load<T>(shape, stream);
    }
}
