using CompiledDnn;
using Samples;
using static System.FormattableString;

if (!SampleOptions.TryRead(args, "Trains a network to tell benign tumours from malignant ones.", epochs: 40, out SampleOptions? options, out int exitCode))
{
    return exitCode;
}

(Dataset<float> all, Dataset<float> test) = TumourData.Load();
(Dataset<float> train, Dataset<float> validation) = all.Split(0.1, seed: 0);   // what to watch while training is no test tumour

var standardizer = new Standardizer(train);
train = standardizer.Apply(train);
validation = standardizer.Apply(validation);
test = standardizer.Apply(test);

var net = new TumourClassifier(options.Seed);
Console.WriteLine(TumourClassifier.Summary);
Console.WriteLine($"{train.Count} tumours to train with, {validation.Count} to watch meanwhile, {test.Count} to test with at the end.");

TrainingDisplay.Show(progress => net.Fit(train, new()
{
    Epochs = options.Epochs,
    BatchSize = 32,
    Optimizer = Optimizer.Adam(1e-3),
    Validation = validation,
    Seed = options.Seed,
    Progress = progress,
}));

ConfusionMatrix confusion = net.ConfusionMatrix(test, TumourData.Classes);
TumourReport.Print(confusion, net, test);
bool saved = options.SaveNetwork(net.Save);

Console.WriteLine(Invariant($"test accuracy: {confusion.Accuracy:F4}"));
return saved ? 0 : 1;
