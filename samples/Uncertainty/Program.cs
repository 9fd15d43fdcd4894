using CompiledDnn;
using Samples;
using static System.FormattableString;

if (!SampleOptions.TryRead(args, "Trains a network to predict a number and how sure it is of it.", epochs: 200, out SampleOptions? options, out int exitCode))
{
    return exitCode;
}

(Dataset<float> all, Dataset<float> test) = AreaData.Load();
(Dataset<float> train, Dataset<float> validation) = all.Split(0.15, seed: 0);   // what to watch while training is no test tumour

var standardizer = new Standardizer(train);
train = standardizer.Apply(train);
validation = standardizer.Apply(validation);
test = standardizer.Apply(test);

var net = new AreaPredictor(options.Seed);
Console.WriteLine(AreaPredictor.Summary);
Console.WriteLine($"{train.Count} tumours to train with, {validation.Count} to watch meanwhile, {test.Count} to test with at the end.");

TrainingDisplay.Show(progress => net.Fit(train, new()
{
    Epochs = options.Epochs,
    BatchSize = 32,
    Optimizer = Optimizer.Adam(1e-3),
    Validation = validation,
    EarlyStopping = new() { Patience = 30 },   // a variance is easily learned too small: the validation data notices
    Seed = options.Seed,
    Progress = progress,
}));

var report = new AreaReport(net, train, test);
report.Print();
bool saved = options.SaveNetwork(net.Save);

Console.WriteLine(Invariant($"within the 90 % interval: {report.Covered:F4}"));
return saved ? 0 : 1;
