using CompiledDnn;
using Samples;
using static System.FormattableString;

if (!SampleOptions.TryRead(args, "Trains a network to read handwritten digits.", epochs: 60, out SampleOptions? options, out int exitCode))
{
    return exitCode;
}

(Dataset<float> all, Dataset<float> test) = DigitData.Load();
(Dataset<float> train, Dataset<float> validation) = all.Split(0.1, seed: 0);   // what to watch while training is no test digit

var net = new DigitClassifier(options.Seed);
Console.WriteLine(DigitClassifier.Summary);
Console.WriteLine($"{train.Count} digits to train with, {validation.Count} to watch meanwhile, {test.Count} to test with at the end.");

TrainingHistory? history = TrainingSession.Run(options, (progress, cancellation) => net.Fit(train, new()
{
    Epochs = options.Epochs,
    BatchSize = 32,
    Optimizer = Optimizer.Adam(1e-3),
    Validation = validation,
    EarlyStopping = new() { Patience = 20 },   // ends with the weights that did best on the validation digits
    Seed = options.Seed,
    Checkpoints = options.Checkpoints,
    Progress = progress,
    CancellationToken = cancellation,
}), out exitCode);
if (history is null)
{
    return exitCode;
}

var report = new DigitReport(net, test);
report.Print();

bool saved = options.SaveNetwork(net.Save) & options.SaveCurve(history);

Console.WriteLine(Invariant($"test accuracy: {report.Accuracy:F4}"));
return saved ? 0 : 1;
