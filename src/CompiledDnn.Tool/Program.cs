using CompiledDnn.Tool;

return ToolProgram.Run(args, Console.Out, Console.Error);
