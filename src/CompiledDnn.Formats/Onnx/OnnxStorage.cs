using CompiledDnn.Onnx;
using Google.Protobuf;

namespace CompiledDnn;

/// <summary>Saves the parameters of a network with its layers as an ONNX model, and loads them from one.</summary>
/// <remarks>
/// A model that is written has operator set 17 and IR version 8: a Gemm for each layer with weights [outputs, inputs] and the names that PyTorch's
/// <c>nn.Sequential</c> gives, then the activation as its <see cref="ActivationTraitsAttribute.Onnx"/> says; input <c>x</c> [batch, inputs],
/// output <c>y</c> [batch, outputs], both of any batch size, numbers in the network's own precision. Attributes of operators, such as the slope of a
/// LeakyRelu, are float in ONNX whatever the precision.
/// <para>
/// A model that is read may be written by another tool: layers as Gemm or as MatMul and Add, activations as these tools write them, batch normalisation
/// and scaling of inputs folded into the weights. What it does must be what the network does.
/// </para>
/// </remarks>
public static class OnnxStorage
{
    private const string StreamName = "ONNX stream";

    /// <summary>Saves to a file. It is written whole or not at all: beside the old one, flushed to the disk, then renamed.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="NotSupportedException">An activation has no form in ONNX, or the network is too large for one file.</exception>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file must not be written.</exception>
    public static void Save<T>(ParameterBlock<T> parameters, string path)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelProto model = OnnxModelWriter.Write(parameters);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Saves to a stream, from its position on.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters; not to be trained meanwhile.</param>
    /// <param name="stream">The stream; not closed. What was written before a failure stays written.</param>
    /// <exception cref="NotSupportedException">An activation has no form in ONNX, or the network is too large for one file.</exception>
    public static void Save<T>(ParameterBlock<T> parameters, Stream stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(stream);
        OnnxModelWriter.Write(parameters).WriteTo(stream);
    }

    /// <summary>
    /// Loads parameters from a model into a new block; give it to a network with <see cref="INetwork{T}.Swap"/>. A load that fails changes nothing.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="path">The file.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The file is damaged, of another format, or a model of other layers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static ParameterBlock<T> Load<T>(NetworkShape shape, string path)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = InputFile.Open(path);
        return OnnxParameters.Load<T>(shape, stream, path);
    }

    /// <summary>Loads parameters from a stream into a new block.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="stream">The stream, which need not seek; the model is all of it from its position on. It is not closed.</param>
    /// <returns>The parameters, their padding zero.</returns>
    /// <exception cref="NetworkFileException">The stream is damaged, of another format, or a model of other layers.</exception>
    public static ParameterBlock<T> Load<T>(NetworkShape shape, Stream stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(stream);
        return OnnxParameters.Load<T>(shape, stream, StreamName);
    }
}
