using System.Globalization;
using System.Numerics;
using CompiledDnn;

namespace Earlier;

/// <summary>A library of networks that was compiled with an earlier package, as programs find it.</summary>
public static class Library
{
    private static readonly int[] s_batches = [1, 5, 40];

    /// <summary>Does with each network what there is to do, and prints what comes of it, a line of numbers for each.</summary>
    public static void Run(TextWriter output)
    {
        Write(output, new Wide(seed: 1));
        Write(output, new Packed(seed: 1));
        Write(output, new Digits(seed: 1));
        Write(output, new Species(seed: 1));
        Write(output, new Tumours(seed: 1));
        Write(output, new Logistic(seed: 1));
        Write(output, new Deep(seed: 1));
        Write(output, new Endless(seed: 1));
        Write(output, new WideEnd(seed: 1));
        Write(output, new Several(seed: 1));
        Write(output, new Surrogate(seed: 1));
        Write(output, new ExactDigits(seed: 1));
        Write(output, new Amounts(seed: 1));
        Write(output, new Robust(seed: 1));
        Write(output, new Shares(seed: 1));
        Write(output, new Custom(seed: 1));
        WriteLine(output, "Pretrained", [Tumours.Pretrained.Predict(Numbers<float>(Tumours.InputSize, 0)), Tumours.CreatePretrained().Parameters.Span[0]]);
        WriteLine(output, "ByName", ByName());
    }

    private static void Write<T>(TextWriter output, INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<double> numbers = [];
        foreach (int m in s_batches)
        {
            numbers.AddRange(Step(net, m));
        }

        numbers.AddRange(File(net));
        numbers.AddRange(Learn(net));
        WriteLine(output, net.Shape.Name, numbers);
    }

    // Each part of a step by itself, then the steps that are one call.
    private static List<double> Step<T>(INetwork<T> net, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Numbers<T>(m * net.Shape.InputSize, m);
        T[] y = Targets(net, m);
        int[] labels = Labels(net, m);
        T[] weights = [.. Enumerable.Range(0, m).Select(static i => T.CreateChecked(0.5 + (i % 3)))];
        var predictions = new T[m * net.Shape.OutputSize];
        var costs = new T[m];
        T rate = T.CreateChecked(0.01);
        List<double> numbers = [];

        foreach (WorkspaceOptions options in (WorkspaceOptions[])[WorkspaceOptions.None, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient | WorkspaceOptions.Training])
        {
            NetworkWorkspace<T> state = net.CreateWorkspace(m, options);
            net.Predict(x, predictions);
            net.Forward(x, state);
            numbers.AddRange([Size<T>(predictions), Double(net.Cost(y, state)), Double(net.Cost(y, weights, state))]);
            net.ExampleCosts(y, state, costs);
            numbers.Add(Size<T>(costs));
            net.OutputGradient(y, weights, state);
            net.Backward(x, state);
            numbers.Add(Size<T>(state.Gradients));
            net.Update(state, rate);
            if (net.TakesLabels)
            {
                net.Forward(x, state);
                numbers.AddRange([Double(net.Cost(labels, state)), Double(net.Cost(labels, weights, state))]);
                net.ExampleCosts(labels, state, costs);
                net.OutputGradient(labels, weights, state);
                net.OutputGradient(labels, state);
                net.Backward(x, state);
                numbers.AddRange([Size<T>(costs), Size<T>(state.Gradients)]);
            }

            OptimizerState<T> adam = Optimizer.Adam(1e-3).CreateState<T>(net.Shape);
            numbers.AddRange([Double(net.DescendStep(x, y, state, rate)), Double(net.TrainStep(x, y, state, adam)), Double(net.TrainStep(x, y, state, adam))]);
            if (net.TakesLabels)
            {
                numbers.AddRange([Double(net.DescendStep(x, labels, state, rate)), Double(net.TrainStep(x, labels, state, adam))]);
            }
        }

        return numbers;
    }

    private static double[] File<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ParameterBlock<T> block = net.Parameters;
            net.Save(path, new SaveOptions { Notes = new Dictionary<string, string> { ["from"] = "an earlier package" } });
            net.Load(path);
            return [Size<T>(net.Parameters.Span), net.Swap(block).Shape.ParameterCount, NetworkStorage.ReadNotes(path).Count];
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static double[] Learn<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Examples = 60;
        T[] x = Numbers<T>(Examples * net.Shape.InputSize, 0);
        Dataset<T> data = net.TakesLabels
            ? Dataset.FromLabels<T>(x, net.Shape.InputSize, Labels(net, Examples))
            : Dataset.FromRows<T>(x, net.Shape.InputSize, Targets(net, Examples), net.Shape.TargetSize);
        net.MaxDegreeOfParallelism = 1;
        TrainingHistory history = net.Fit(data, new()
        {
            Epochs = 2,
            BatchSize = 16,
            Optimizer = Optimizer.AdamW(1e-3),
            Schedule = Schedule.Cosine(),
            ClipNorm = 1,
            L2 = 1e-4,
            Validation = data.Slice(0, 20),
            Seed = 1,
        });
        return [history.Last!.Cost, history.Last.ValidationCost!.Value, net.Evaluate(data).Cost, net.InputGradients(x.AsSpan(0, net.Shape.InputSize), Targets(net, 1)).Sum(static g => Math.Abs(Double(g)))];
    }

    // What a class has under the names of its layers.
    private static double[] ByName()
    {
        var net = new Tumours(seed: 2, Initializer.GlorotUniform);
        Tumours.Workspace state = net.CreateWorkspace(3, WorkspaceOptions.KeepZ | WorkspaceOptions.InputGradient);
        float[] x = Numbers<float>(3 * Tumours.InputSize, 0);
        float[] y = [0, 1, 1];
        net.Forward(x, state);
        float cost = net.Cost(y, state);
        net.Backward(x, y, state);
        net.Update(state, 0.1f);
        var weights = new float[16 * 30];
        net.Parameters.CopyWeightsTo(1, weights);
        return
        [
            cost, net.W1[1, 2], net.B3[0], state.Z1[0, 1], state.A2[2, 3], state.DZ3[1, 0], state.DW2[1, 1], state.DB1[0], state.DA0[0, 29],
            Size<float>(weights), Tumours.ParameterCount, Tumours.WorkspaceBytes(3),
        ];
    }

    private static T[] Numbers<T>(int count, int from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(from, count).Select(static i => T.CreateChecked((((i * 37) % 101) - 50) / 50.0))];

    private static T[] Targets<T>(INetwork<T> net, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = net.Shape.TargetSize;
        var y = new T[m * size];
        for (int i = 0; i < m; i++)
        {
            y[(i * size) + (i % size)] = T.CreateChecked(size == 1 ? i % 2 : 1);
        }

        return y;
    }

    private static int[] Labels<T>(INetwork<T> net, int m)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, m).Select(i => (i * 7) % net.Shape.OutputSize)];

    private static double Size<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T number in numbers)
        {
            sum += Math.Abs(Double(number));
        }

        return sum;
    }

    private static double Double<T>(T number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateChecked(number);

    private static void WriteLine(TextWriter output, string name, IEnumerable<double> numbers) =>
        output.WriteLine($"{name} {string.Join(' ', numbers.Select(static number => number.ToString("G7", CultureInfo.InvariantCulture)))}");
}
