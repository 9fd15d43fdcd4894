namespace CompiledDnn;

/// <summary>Networks as ONNX models.</summary>
public static class OnnxExtensions
{
    /// <summary>
    /// Writes the network as an ONNX model that other runtimes run: operator set 17, any batch size. The file is written whole or not at all.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="NotSupportedException">An activation has no form in ONNX, or the network is too large for one file.</exception>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file must not be written.</exception>
    public static void SaveOnnx<T>(this INetwork<T> network, string path)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        OnnxStorage.Save(network.Parameters, path);
    }

    /// <summary>
    /// Reads the weights and biases of an ONNX model of the same layers, such as PyTorch exports, and publishes them. A file that does not fit
    /// changes nothing.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">The file is damaged, of another format, or a model of other layers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static void LoadOnnx<T>(this INetwork<T> network, string path)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        network.Swap(OnnxStorage.Load<T>(network.Shape, path));
    }
}
