#if TOOLS
using System.Diagnostics;
using System.Text;
using CompiledDnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static CompiledDnn.Benchmarks.Text;

namespace CompiledDnn.Benchmarks;

/// <summary>The generator itself: the time to emit a network's code in a compiler that is warm, its size, and the build of many networks.</summary>
internal static class GeneratorCommand
{
    private const int ManyNetworks = 50;

    private static readonly (string Name, int[] Sizes)[] s_networks =
    [
        ("[12288,20,7,5,1]", [12288, 20, 7, 5, 1]),
        ("[784,128,64,10]", [784, 128, 64, 10]),
        ("64 layers of 32", [.. Enumerable.Repeat(32, 65)]),
    ];

    /// <summary>Prints what it measured.</summary>
    public static void Run()
    {
        Console.WriteLine("| network | to emit | emitted |");
        Console.WriteLine("|---|---:|---:|");
        foreach ((string name, int[] sizes) in s_networks)
        {
            (double seconds, int bytes) = Emit(sizes);
            Console.WriteLine(Line($"| {name} | {Duration(seconds)} | {bytes / 1024.0:F1} kB |"));
        }

        double without = Build(0);
        double with = Build(ManyNetworks);
        Console.WriteLine(Line(
            $"Build of a project with {ManyNetworks} networks: {with:F1} s; without any: {without:F1} s; {(with - without) / ManyNetworks * 1e3:F0} ms for each."));
    }

    // Between two runs an attribute changes, as when its author types: the class is parsed, planned and emitted again.
    private static (double Seconds, int Bytes) Emit(int[] sizes)
    {
        CSharpCompilation first = Compile(sizes, rate: 1);
        CSharpCompilation second = Compile(sizes, rate: 2);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator());
        driver = driver.RunGenerators(first);
        bool turn = false;
        double seconds = Timing.Of(() =>
        {
            turn = !turn;
            driver = driver.RunGenerators(turn ? second : first);
        }).Median;
        GeneratedSourceResult source = driver.GetRunResult().Results.Single().GeneratedSources.Single();
        return (seconds, Encoding.UTF8.GetByteCount(source.SourceText.ToString()));
    }

    private static CSharpCompilation Compile(int[] sizes, int rate)
    {
        string source = $$"""
            [CompiledDnn.Network({{string.Join(", ", sizes)}}, Hidden = CompiledDnn.Activation.LeakyReLU, NegativeSlope = 0.0{{rate}})]
            public sealed partial class Net;
            """;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Project",
            [CSharpSyntaxTree.ParseText(source, path: "Net.cs", encoding: Encoding.UTF8)],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        // What the compiler finds out about the references belongs to no generator.
        _ = compilation.GetTypeByMetadataName("CompiledDnn.NetworkAttribute")!.GetMembers();
        return compilation;
    }

    private static IEnumerable<MetadataReference> References()
    {
        var platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return platform.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
    }

    private static double Build(int networks) => DotNet.InTemporaryFolder(folder =>
    {
        string assemblies = AppContext.BaseDirectory;
        File.WriteAllText(Path.Combine(folder, "Many.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(assemblies, "CompiledDnn.dll")}" />
                <Reference Include="{Path.Combine(assemblies, "System.Numerics.Tensors.dll")}" />
                <Analyzer Include="{typeof(NetworkGenerator).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        var source = new StringBuilder("public static class Many;\n");
        for (int i = 0; i < networks; i++)
        {
            source.Append(Line($"[CompiledDnn.Network({10 + i}, {20 + i}, {30 - (i / 2)}, 3)]\npublic sealed partial class Net{i};\n"));
        }

        File.WriteAllText(Path.Combine(folder, "Many.cs"), source.ToString());
        DotNet.Run("restore", folder);
        long began = Stopwatch.GetTimestamp();
        DotNet.Run("build", folder, "--no-restore");
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    });
}
#endif
