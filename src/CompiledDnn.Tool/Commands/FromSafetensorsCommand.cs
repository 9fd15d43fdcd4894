using System.CommandLine;
using CompiledDnn.Tool.Models;

namespace CompiledDnn.Tool.Commands;

/// <summary>from-safetensors: the class and the weights of a file of tensors.</summary>
internal static class FromSafetensorsCommand
{
    public static Command Create()
    {
        var command = new Command("from-safetensors", "Write the class and the weights of a dense network from a safetensors file.");
        var options = new ClassOptions(command, "The file: tensors NAME.weight [outputs, inputs] and NAME.bias [outputs], as PyTorch names them.");
        var hidden = new Option<Activation>("--hidden")
        {
            Description = "The activation of every layer but the last, which the file does not say.",
            DefaultValueFactory = static _ => Activation.ReLU,
        };
        var output = new Option<Activation?>("--output-activation")
        {
            Description = "The activation of the last layer. Default: Sigmoid for one output, Softmax for several.",
        };
        command.Options.Add(hidden);
        command.Options.Add(output);
        command.SetAction(result => options.Write(
            result, SafetensorsDenseModel.Read(options.File(result), result.GetValue(hidden), result.GetValue(output))));
        return command;
    }
}
