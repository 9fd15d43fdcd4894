using System.Diagnostics;
using static CompiledDnn.Benchmarks.Text;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// A program that loads weights and predicts once, built with Native AOT: the size of its executable, and the time from its start to the
/// prediction on its output. Needs clang and zlib1g-dev.
/// </summary>
internal static class StartupCommand
{
    private const int Runs = 20;

    private const string Program = """
        using CompiledDnn;

        var net = new Classifier(0, Initializer.Zeros);
        net.Load(args[0]);
        System.Console.WriteLine(net.Predict(new float[Classifier.InputSize]));

        [Network(30, 16, 8, 1)]
        internal sealed partial class Classifier;
        """;

    /// <summary>Builds, runs and prints.</summary>
    public static void Run() => DotNet.InTemporaryFolder(folder =>
    {
        string source = Path.Combine(DotNet.Root, "src", "CompiledDnn", "CompiledDnn.csproj");
        string generator = Path.Combine(DotNet.Root, "generator", "CompiledDnn.Generator", "CompiledDnn.Generator.csproj");
        string project = Path.Combine(folder, "program", "Classify.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        File.WriteAllText(Path.Combine(folder, "program", "Program.cs"), Program);
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
                <OptimizationPreference>Speed</OptimizationPreference>
                <IlcInstructionSet>native</IlcInstructionSet>
                <UseSystemResourceKeys>true</UseSystemResourceKeys>
                <StackTraceSupport>false</StackTraceSupport>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{source}" />
                <ProjectReference Include="{generator}" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
              </ItemGroup>
            </Project>
            """);
        string published = Path.Combine(folder, "published");
        DotNet.Run("publish", project, "--configuration", "Release", "--artifacts-path", Path.Combine(folder, "build"), "--output", published);

        string weights = Path.Combine(folder, "weights.safetensors");
        var net = new Tumour(1);
        net.Save(weights);
        string program = Path.Combine(published, OperatingSystem.IsWindows() ? "Classify.exe" : "Classify");
        string expected = Line($"{net.Predict(new float[Tumour.InputSize])}");
        double[] times = [.. Enumerable.Range(0, Runs).Select(_ => Start(program, weights, expected)).Order()];
        Console.WriteLine(Line($"executable: {new FileInfo(program).Length / 1e6:F2} MB"));
        Console.WriteLine(Line(
            $"start to first prediction, {Runs} runs: median {times[Runs / 2] * 1e3:F1} ms, fastest {times[0] * 1e3:F1} ms, slowest {times[^1] * 1e3:F1} ms"));
        return 0;
    });

    // From before the process is asked for until its line is here.
    private static double Start(string program, string weights, string expected)
    {
        var start = new ProcessStartInfo(program, [weights]) { RedirectStandardOutput = true };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string? line = process.StandardOutput.ReadLine();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit();
        return line == expected ? seconds : throw new InvalidOperationException($"The program predicts {line}, this one {expected}.");
    }
}
