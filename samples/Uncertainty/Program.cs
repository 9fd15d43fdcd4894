using CompiledDnn;
using Samples;
using static System.FormattableString;

if (!SampleOptions.TryRead(args, "Trains a network to predict a number and how sure it is of it.", epochs: 200, out SampleOptions? options, out int exitCode))
{
    return exitCode;
}

(Dataset<float> all, Dataset<float> test) = AreaData.Load();
(Dataset<float> train, Dataset<float> validation) = all.Split(0.15, seed: 0);   // what to watch while training is no test tumour

// Areas in the hundreds and smoothnesses of a tenth begin on a par; validation and test data are only ever scaled, not measured.
Scaler<float> scaler = new StandardScaler<float>().Fit(train);
train = scaler.Transform(train);
validation = scaler.Transform(validation);
test = scaler.Transform(test);

var net = new AreaPredictor(options.Seed);
Console.WriteLine(AreaPredictor.Summary);
Console.WriteLine($"{train.Count} tumours to train with, {validation.Count} to watch meanwhile, {test.Count} to test with at the end.");

TrainingHistory? history = TrainingSession.Run(options, (progress, cancellation) => net.Fit(train, new()
{
    Epochs = options.Epochs,
    BatchSize = 32,
    Optimizer = Optimizer.Adam(1e-3),
    Validation = validation,
    EarlyStopping = new() { Patience = 30 },   // a variance is easily learned too small: the validation data notices
    Seed = options.Seed,
    Checkpoints = options.Checkpoints,
    Progress = progress,
    CancellationToken = cancellation,
}), out exitCode);
if (history is null)
{
    return exitCode;
}

var report = new AreaReport(net, train, test);
report.Print();
bool saved = options.SaveNetwork(path => net.Save(path, scaler)) & options.SaveCurve(history);

Console.WriteLine(Invariant($"within the 90 % interval: {report.Covered:F4}"));
return saved ? 0 : 1;
