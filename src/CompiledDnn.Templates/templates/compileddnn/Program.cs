using CompiledDnn;
using CompiledDnnApp;

// Points on three spirals, half of them to train with, half to test with.
(float[] points, int[] spirals) = Spirals(count: 3000, seed: 1);
Dataset<float> all = Dataset.FromLabels(points, SpiralClassifier.InputSize, spirals);
(Dataset<float> train, Dataset<float> test) = all.Split(0.5, seed: 1);

var net = new SpiralClassifier(seed: 1);
Console.WriteLine(SpiralClassifier.Summary);
TrainingHistory history = net.Fit(train, new() { Epochs = 100, BatchSize = 32, Optimizer = Optimizer.Adam(0.01), Validation = test });
Console.WriteLine($"cost: {history.Last!.Cost:F4}");

net.Save("spirals.safetensors");
var loaded = new SpiralClassifier();
loaded.Load("spirals.safetensors");

Span<float> probabilities = stackalloc float[SpiralClassifier.OutputSize];
loaded.Predict([0.5f, 0.5f], probabilities);
Console.WriteLine($"(0.5, 0.5): {probabilities[0]:F2} {probabilities[1]:F2} {probabilities[2]:F2}");
Console.WriteLine($"test accuracy: {loaded.Evaluate(test).Accuracy:F4}");

static (float[] Points, int[] Spirals) Spirals(int count, int seed)
{
    var random = new Random(seed);
    var points = new float[2 * count];
    var spirals = new int[count];
    for (int i = 0; i < count; i++)
    {
        spirals[i] = i % 3;
        double radius = random.NextDouble();
        double angle = (spirals[i] * 2 * Math.PI / 3) + (4 * radius) + (0.1 * random.NextDouble());
        points[2 * i] = (float)(radius * Math.Cos(angle));
        points[(2 * i) + 1] = (float)(radius * Math.Sin(angle));
    }

    return (points, spirals);
}
