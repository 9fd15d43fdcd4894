using CompiledDnn.Benchmarks;

const string Usage = """
    usage: dotnet run -c Release --project tests/CompiledDnn.Benchmarks [-p:Peers=true] -- COMMAND
      table [--only NAME] [--json FILE]   every workload beside its peers, as Markdown tables
      only NAME                           the same for the workloads whose names contain NAME
      pieces                              where the time of a step goes
    """;

string only = "";
string? json = null;
for (int i = 1; i < args.Length; i++)
{
    switch (args[i])
    {
        case "-only" or "--only" when i + 1 < args.Length:
            only = args[++i];
            break;
        case "-json" or "--json" when i + 1 < args.Length:
            json = args[++i];
            break;
        default:
            Console.Error.WriteLine($"{args[i]} is no option, or lacks its value.\n{Usage}");
            return 2;
    }
}

switch (args.FirstOrDefault())
{
    case "table":
        TableCommand.Run(only, json);
        return 0;
    case "pieces":
        PiecesCommand.Run();
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
