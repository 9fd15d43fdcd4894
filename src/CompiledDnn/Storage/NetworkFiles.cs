using System.ComponentModel;
using System.Numerics;

namespace CompiledDnn.Kernels;

/// <summary>Files of a network whose activations are known, not of its parameters alone. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkFiles
{
    /// <summary>Saves parameters, and an example unless the options say otherwise.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TInference">How the network predicts.</typeparam>
    /// <param name="parameters">The parameters.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="options">How they are saved.</param>
    public static void Save<T, TInference>(ParameterBlock<T> parameters, string path, SaveOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInference : struct, IInference<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ExampleNote? example = options.Example ? ExampleCheck<T, TInference>.Make(parameters, options.Type) : null;
        NetworkWriter.WriteFile(parameters, path, options, example);
    }

    /// <summary>Loads parameters into a new block and checks the file's example with them.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TInference">How the network predicts.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="path">The file.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The file is damaged, or for a network of other sizes or activations.</exception>
    public static ParameterBlock<T> Load<T, TInference>(NetworkShape shape, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInference : struct, IInference<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ParameterBlock<T> parameters = NetworkReader.ReadFile<T>(shape, path, out SafetensorsHeader header);
        ExampleCheck<T, TInference>.Verify(header, parameters);
        return parameters;
    }

    /// <summary>Loads weights that are part of the program, as a resource, into a new block, and checks their example.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TInference">How the network predicts.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="network">The network's class, in the assembly that has the resource.</param>
    /// <param name="resource">The name of the resource, a safetensors file.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The weights are not there, damaged, or for a network of other sizes or activations.</exception>
    public static ParameterBlock<T> LoadResource<T, TInference>(NetworkShape shape, Type network, string resource)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInference : struct, IInference<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(network);
        using Stream stream = network.Assembly.GetManifestResourceStream(resource)
            ?? throw new NetworkFileException(
                resource, 0, $"the assembly {network.Assembly.GetName().Name} has no such resource; build it with the targets of the package CompiledDnn.");
        ParameterBlock<T> parameters = NetworkReader.ReadStream<T>(shape, stream, resource, out SafetensorsHeader header);
        ExampleCheck<T, TInference>.Verify(header, parameters);
        return parameters;
    }
}
