#if ONNXRUNTIME
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace CompiledDnn.Tests.Onnx;

/// <summary>What is written is accepted by ONNX's own checker, and ONNX Runtime computes the same with it. With -p:OnnxRuntime=true only.</summary>
public sealed class OnnxRuntimeTests : IDisposable
{
    private const int Rows = 9;

    private readonly string _folder = Directory.CreateTempSubdirectory("CompiledDnn").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ONNX_Runtime_gives_the_same_outputs_in_float()
    {
        foreach (INetwork<float> net in OnnxNetworks.Floats())
        {
            Assert.True(Agrees(net), net.Shape.Name);
        }
    }

    // Its operators are not all there in double.
    [Fact]
    public void ONNX_Runtime_gives_the_same_outputs_in_double_where_it_has_the_operators()
    {
        string[] missing = [.. OnnxNetworks.Doubles().Where(net => !Agrees(net)).Select(net => net.Shape.Name)];

        Assert.Equal("DoubleELU DoubleGELU DoubleSoftplus DoubleOptions", string.Join(' ', missing));
    }

    [Fact]
    public void The_checker_of_ONNX_accepts_every_model()
    {
        string[] files = OnnxNetworks.SaveAll(_folder);

        var start = new ProcessStartInfo("/usr/bin/python3", [Script(), _folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process checker = Process.Start(start)!;
        string said = checker.StandardOutput.ReadToEnd() + checker.StandardError.ReadToEnd();
        checker.WaitForExit();

        Assert.True(checker.ExitCode == 0, said);
        Assert.Contains($"{files.Length} models checked", said, StringComparison.Ordinal);
    }

    private static string Script([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "check_models.py");

    // False if the runtime does not have an operator in this precision.
    private static bool Agrees<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] x = OnnxInputs.Random(Rows * net.Shape.InputSize);
        T[] inputs = [.. x.Select(T.CreateChecked)];
        using var file = new MemoryStream();
        OnnxStorage.Save(net.Parameters, file);
        try
        {
            using var session = new InferenceSession(file.ToArray());
            using OrtValue value = OrtValue.CreateTensorValueFromMemory(inputs, [Rows, net.Shape.InputSize]);
            using var options = new RunOptions();
            using var outputs = session.Run(options, ["x"], [value], ["y"]);
            double[] y = [.. outputs[0].GetTensorDataAsSpan<T>().ToArray().Select(double.CreateChecked)];
            OnnxInputs.CheckClose(y, OnnxInputs.Predict(net, x), 1e-6, net.Shape.Name);
            return true;
        }
        catch (OnnxRuntimeException error) when (error.Message.Contains("NotImplemented", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
#endif
