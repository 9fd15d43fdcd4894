using CompiledDnn.Benchmarks;

const string Usage = """
    usage: dotnet run -c Release --project tests/CompiledDnn.Benchmarks [-p:Peers=true] [-p:Tools=true] -- COMMAND
      table [--only NAME] [--json FILE] [--aot]   every workload beside its peers, as Markdown tables; --aot: from a Native AOT build
      only NAME [--json FILE] [--aot]             the same for the workloads whose names contain NAME
      pieces                                      where the time of a step goes
      fit                                         what Fit's own loop costs beside a bare loop of steps
      quality                                     how good small networks get, and how fast (quality.py: the same with other libraries)
      sweep [FROM TO]                             a step of [10,w,w,10] for every w from 8 to 96
      shapes                                      odd shapes beside the nearest workload of the table
      startup                                     size and start of a program that only predicts, built with Native AOT
      generator                                   time to emit code and its size, build time (with -p:Tools=true)
      single [FILTER ...]                         single operations by BenchmarkDotNet (with -p:Tools=true)
    Peers adds ONNX Runtime to the table; both fetch packages that the solution does not need.
    """;

try
{
    Options options = Options.Parse(args);
    switch (options.Command)
    {
        case "table" or "only" when options.Aot:
            return AotCommand.Run(args);
        case "table":
            TableCommand.Run(options.Only, options.Json);
            return 0;
        case "only" when options.Rest.Count == 1:
            TableCommand.Run(options.Rest[0], options.Json);
            return 0;
        case "pieces":
            PiecesCommand.Run();
            return 0;
#if SHAPES
        case "sweep":
            SweepCommand.Run(options.Rest);
            return 0;
        case "shapes":
            ShapesCommand.Run();
            return 0;
#else
        case "sweep" or "shapes":
            throw new ArgumentException($"{options.Command} is not in a native build: run it without Native AOT.");
#endif
        case "fit":
            FitCommand.Run();
            return 0;
        case "quality":
            QualityCommand.Run();
            return 0;
        case "startup":
            StartupCommand.Run();
            return 0;
#if TOOLS
        case "generator":
            GeneratorCommand.Run();
            return 0;
        case "single":
            SingleCommand.Run(options.Rest);
            return 0;
#else
        case "generator" or "single":
            throw new ArgumentException($"{options.Command} is not in this build: give dotnet run -p:Tools=true.");
#endif
        default:
            throw new ArgumentException("There is no such command, or something is missing.");
    }
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n{Usage}");
    return 2;
}
