using System.Globalization;
using CompiledDnn;

// Whether a point lies in a circle: learnt, saved, loaded, asked.
var random = new Random(1);
float[] points = [.. Enumerable.Range(0, 1000).Select(_ => (2 * random.NextSingle()) - 1)];
float[] inside = [.. points.Chunk(2).Select(p => (p[0] * p[0]) + (p[1] * p[1]) < 0.5f ? 1f : 0f)];
var net = new Circle(seed: 1);
TrainingHistory history = net.Fit(
    Dataset.FromRows(points, Circle.InputSize, inside, Circle.TargetSize),
    new() { Epochs = 200, BatchSize = 32, Optimizer = Optimizer.Adam(0.01) });

string file = Path.Combine(Path.GetTempPath(), $"circle-{Environment.ProcessId}.safetensors");
net.Save(file);
var loaded = new Circle();
loaded.Load(file);
File.Delete(file);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{history.Epochs.Count} {loaded.Predict([0f, 0f]) > 0.9f} {loaded.Predict([0.9f, 0.9f]) < 0.1f}"));

[Network(2, 16, 1)]
public sealed partial class Circle;
