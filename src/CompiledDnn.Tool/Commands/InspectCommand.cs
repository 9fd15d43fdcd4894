using System.CommandLine;
using CompiledDnn.Tool.Inspection;

namespace CompiledDnn.Tool.Commands;

/// <summary>inspect: what a file holds.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> file = PathArgument.Create("A file: .onnx, .safetensors, .npy or .npz. What it is is seen from its content.");
        var command = new Command("inspect", "Print what a file holds.") { file };
        command.SetAction(result =>
        {
            FileInspector.Print(result.GetRequiredValue(file), result.InvocationConfiguration.Output);
            return ToolProgram.Done;
        });
        return command;
    }
}
