using System.Diagnostics;
using System.Runtime.CompilerServices;
using CompiledDnn.Tests.Files;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>A process that is killed while it saves: what is there is always a whole file.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const string Variable = "COMPILEDDNN_TESTS_SAVE_UNTIL_KILLED";

    private static readonly NetworkShape s_shape = HandMadeShape.InputMajor<float>("Wide", 2000, 500);

    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    private string Target => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>In a process that a test of this class started, saves again and again, each time another number in every place.</summary>
    [ModuleInitializer]
    internal static void SaveUntilKilled()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            for (int round = 1; ; round++)
            {
                NetworkStorage.Save(Of(round), path);
            }
        }
    }

    [Fact]
    public void The_old_file_or_the_new_one_is_there_whole()
    {
        int unfinished = 0;
        for (int round = 0; round < 6; round++)
        {
            NetworkStorage.Save(Of(0), Target);
            using Process writer = TestProcess.Start(Variable, Target);

            // The first save is over or under way; then at some moment of a later one.
            SpinWait.SpinUntil(() => Directory.GetFileSystemEntries(_folder).Length > 1 || writer.HasExited, TimeSpan.FromMinutes(1));
            Assert.False(writer.HasExited);
            Thread.Sleep(round);
            writer.Kill();
            writer.WaitForExit();

            float[] numbers = NetworkStorage.Load<float>(s_shape, Target).W(1).ToArray();
            Assert.Single(numbers.Where(static number => number != 0).Append(numbers[0]).Distinct());

            // What was under way lies beside it under a name of its own.
            foreach (string rest in Directory.GetFileSystemEntries(_folder).Where(path => path != Target))
            {
                Assert.EndsWith(".tmp", rest, StringComparison.Ordinal);
                File.Delete(rest);
                unfinished++;
            }
        }

        Assert.NotEqual(0, unfinished);
    }

    private static ParameterBlock<float> Of(float number)
    {
        var parameters = new ParameterBlock<float>(s_shape);
        parameters.CopyWeightsFrom(1, Enumerable.Repeat(number, 2000 * 500).ToArray());
        return parameters;
    }
}
