using System.Globalization;
using System.Numerics.Tensors;
using CompiledDnn;
using static System.FormattableString;

namespace Samples;

/// <summary>What the network makes of the test digits.</summary>
internal sealed class DigitReport
{
    private const int Digits = DigitClassifier.OutputSize;
    private const int Shown = 4;
    private const int CellWidth = 22;
    private const string Greys = " .:-=+*#%@";

    private readonly Dataset<float> _test;
    private readonly float[] _probabilities;
    private readonly List<int> _misread = [];
    private readonly ConfusionMatrix _confusion = new([.. Enumerable.Range(0, Digits).Select(d => d.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Predicts all test digits in one call.</summary>
    public DigitReport(DigitClassifier net, Dataset<float> test)
    {
        _test = test;
        _probabilities = new float[test.Count * Digits];
        net.Predict(test.X.Span, _probabilities);
        for (int i = 0; i < test.Count; i++)
        {
            int read = TensorPrimitives.IndexOfMax(Probabilities(i));
            _confusion.Add(test.Label(i), read);
            if (read != test.Label(i))
            {
                _misread.Add(i);
            }
        }
    }

    /// <summary>The share of the test digits that was read right.</summary>
    public double Accuracy => _confusion.Accuracy;

    /// <summary>Prints which digit was taken for which, and some that were misread.</summary>
    public void Print()
    {
        Console.WriteLine($"Of {_confusion.Total} digits never trained on, {_confusion.Right} were read right (a row for each digit, a column for what was read):");
        Console.WriteLine(_confusion);
        if (_misread.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("Some that were misread, and how likely each answer seemed:");
            DrawSideBySide([.. _misread.Take(Shown)]);
        }
    }

    private void DrawSideBySide(int[] examples)
    {
        PrintLine(examples, i => $"a {_test.Label(i)}, read as {TensorPrimitives.IndexOfMax(Probabilities(i))}");
        PrintLine(examples, i => Invariant($"({Probabilities(i)[_test.Label(i)]:P0} against {TensorPrimitives.Max(Probabilities(i)):P0})"));
        for (int y = 0; y < DigitData.Side; y++)
        {
            PrintLine(examples, i => Pixels(i, y));
        }
    }

    private static void PrintLine(int[] examples, Func<int, string> cell) =>
        Console.WriteLine(string.Concat(examples.Select(i => cell(i).PadRight(CellWidth))).TrimEnd());

    private ReadOnlySpan<float> Probabilities(int example) => _probabilities.AsSpan(example * Digits, Digits);

    // Two characters a pixel, because they are twice as high as wide.
    private string Pixels(int example, int y)
    {
        Span<char> line = stackalloc char[2 * DigitData.Side];
        ReadOnlySpan<float> row = _test.Row(example).Slice(y * DigitData.Side, DigitData.Side);
        for (int x = 0; x < row.Length; x++)
        {
            line.Slice(2 * x, 2).Fill(Greys[(int)(row[x] * (Greys.Length - 1))]);
        }

        return line.ToString();
    }
}
