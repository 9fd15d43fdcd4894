using CompiledDnn;

// A network as ONNX and back, and an array as NumPy's file and back.
var net = new Circle(seed: 1);
net.SaveOnnx("circle.onnx");
var imported = new Circle(seed: 2);
imported.LoadOnnx("circle.onnx");
float[] points = [0.5f, -0.25f, -1, 1];
NpyFile.Write("points.npy", points, [2, Circle.InputSize]);
NpyArray<float> read = NpyFile.Read<float>("points.npy");
float[] before = new float[2];
float[] after = new float[2];
net.Predict(points, before);
imported.Predict(read.Data, after);
Console.WriteLine($"{before.SequenceEqual(after)} {string.Join(',', read.Shape)}");

File.WriteAllText("page.onnx", "<html>404</html>");
try
{
    net.LoadOnnx("page.onnx");
}
catch (NetworkFileException error)
{
    Console.WriteLine(error.Message);
}

[Network(2, 16, 1)]
public sealed partial class Circle;
