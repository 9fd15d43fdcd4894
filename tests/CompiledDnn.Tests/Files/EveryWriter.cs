extern alias build;

using build::CompiledDnn.Build;
using CompiledDnn.Tests.Training;

namespace CompiledDnn.Tests.Files;

/// <summary>Everything in the libraries and the build task that writes a file, by name; what it writes has more than 30,000 bytes.</summary>
internal static class EveryWriter
{
    private static readonly Dictionary<string, Action<string>> s_writers = new()
    {
        ["Save"] = path => new WideClassifier(seed: 1).Save(path),
        ["NetworkStorage"] = path => NetworkStorage.Save(new WideClassifier(seed: 1).Parameters, path, new() { Type = NumberType.F64 }),
        ["ScalerStorage"] = path => new WideClassifier(seed: 1).Save(path, Scaler()),
        ["SaveOnnx"] = path => new WideClassifier(seed: 1).SaveOnnx(path),
        ["NpyFile"] = path => NpyFile.Write(path, new float[30_000], [30_000]),
        ["NpzFile"] = path => NpzFile.Write(path, npz => npz.Add<float>("x", new float[30_000], [30_000])),
        ["SaveJson"] = path => Histories.Full(200).SaveJson(path),
        ["SaveCsv"] = path => Histories.Full(1000).SaveCsv(path),
        ["SaveSvg"] = path => Histories.Full(1000).SaveSvg(path, new() { Width = 4000 }),
        ["Checkpoint"] = WriteCheckpoint,
        ["ManifestFile"] = path => ManifestFile.Write(path, new string('-', 40_000)),
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => s_writers.Keys;

    /// <summary>Writes a file.</summary>
    public static void Write(string name, string path) => s_writers[name](path);

    private static void WriteCheckpoint(string path)
    {
        var net = new WideClassifier(seed: 1);
        CheckpointWriter.Write(path, net.Shape, [new CheckpointBlock<float>("", () => net.Parameters.Span)], [], new()
        {
            Version = CheckpointNotes.CurrentVersion,
            Setting = new()
            {
                Count = 1, BatchSize = 1, Shuffle = true, Seed = 0, KeepsBest = false, Optimizer = "", Slots = [], Metrics = [],
            },
            Epoch = 1,
            StepInEpoch = 0,
            Examples = 0,
            Steps = 0,
            OptimizerSteps = 0,
            BaseRate = 0,
            Rate = 0,
            Meter = [0, 0, 0, 0],
            Epochs = [],
            StepCosts = [],
        });
    }

    private static StandardScaler<float> Scaler()
    {
        var scaler = new StandardScaler<float>();
        scaler.Fit(Dataset.FromLabels([.. Enumerable.Range(0, 200).Select(i => (float)i)], 100, [0, 1]));
        return scaler;
    }
}

/// <summary>A network whose file has some 100 kB.</summary>
[Network(100, 200, 10, Output = Activation.Softmax)]
internal sealed partial class WideClassifier;
