using System.Numerics;

namespace CompiledDnn;

/// <summary>Runs a data set up and down a network and gathers what a <see cref="NetworkDiagnosis"/> says.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class DiagnosisRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostExamples = 256;

    private readonly INetwork<T> _network;
    private readonly Dataset<T> _data;
    private readonly NetworkWorkspace<T> _state;
    private readonly LayerGathering<T>[] _layers;
    private readonly double[] _weightGradients;
    private double _cost;

    public DiagnosisRun(INetwork<T> network, Dataset<T> data)
    {
        _network = network;
        _data = data;
        _state = network.CreateWorkspace(Math.Min(MostExamples, data.Count));
        _layers = [.. network.Shape.Layers.ToArray().Select(layer => new LayerGathering<T>(layer))];
        _weightGradients = new double[network.Shape.BlockLength];
    }

    public NetworkDiagnosis Run()
    {
        for (int start = 0; start < _data.Count; start += MostExamples)
        {
            Add(start, Math.Min(MostExamples, _data.Count - start));
        }

        double last = _layers[^1].GradientSize;
        LayerStatistics[] layers = [.. _layers.Select(layer => layer.Result(_network.Parameters, _weightGradients, last))];
        _layers[^1].ReadColumns(out double[] means, out double[] deviations);
        var outputs = new OutputSpread(means, deviations, TargetDeviation());
        return new NetworkDiagnosis(
            _network.Shape.ToString(), _data.Count, _cost, layers, Findings.Of(layers, outputs, _data.Count));
    }

    private void Add(int start, int count)
    {
        ReadOnlySpan<T> x = _data.X.Span.Slice(start * _data.InputSize, count * _data.InputSize);
        _network.Forward(x, _state);
        double share = (double)count / _data.Count;
        if (_data.HasLabels)
        {
            ReadOnlySpan<int> labels = _data.Labels.Span.Slice(start, count);
            _cost += share * double.CreateTruncating(_network.Cost(labels, _state));
            _network.OutputGradient(labels, _state);
        }
        else
        {
            ReadOnlySpan<T> y = _data.Y.Span.Slice(start * _data.TargetSize, count * _data.TargetSize);
            _cost += share * double.CreateTruncating(_network.Cost(y, _state));
            _network.OutputGradient(y, _state);
        }

        _network.Backward(x, _state);
        foreach (LayerGathering<T> layer in _layers)
        {
            layer.Add(_state);
        }

        Span<T> gradients = _state.Gradients;
        for (int i = 0; i < gradients.Length; i++)
        {
            _weightGradients[i] += share * double.CreateTruncating(gradients[i]);
        }
    }

    // By how much an output would have to differ: for probabilities by 1, for numbers by what the targets do, or by its own size if they are
    // not told apart.
    private double? TargetDeviation()
    {
        if (_network.Shape.Task != NetworkTask.Regression)
        {
            return 1;
        }

        if (_data.HasLabels || _data.TargetSize != _network.Shape.OutputSize)
        {
            return null;
        }

        double largest = 0;
        ReadOnlySpan<T> y = _data.Y.Span;
        for (int column = 0; column < _data.TargetSize; column++)
        {
            double origin = double.CreateTruncating(y[column]), sum = 0, squares = 0;
            for (int at = column; at < y.Length; at += _data.TargetSize)
            {
                double difference = double.CreateTruncating(y[at]) - origin;
                sum += difference;
                squares += difference * difference;
            }

            double mean = sum / _data.Count;
            largest = Math.Max(largest, Math.Sqrt(Math.Max(0, (squares / _data.Count) - (mean * mean))));
        }

        return largest;
    }
}
