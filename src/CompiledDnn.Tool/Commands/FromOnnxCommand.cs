using System.CommandLine;
using CompiledDnn.Tool.Models;

namespace CompiledDnn.Tool.Commands;

/// <summary>from-onnx: the class and the weights of an ONNX model.</summary>
internal static class FromOnnxCommand
{
    public static Command Create()
    {
        var command = new Command("from-onnx", "Write the class and the weights of a dense network from an ONNX model.");
        var options = new ClassOptions(command, "The model: Gemm, MatMul, Add, activations and batch normalisation, as PyTorch exports them.");
        command.SetAction(result => options.Write(result, OnnxDenseModel.Read(options.File(result))));
        return command;
    }
}
