using System.Numerics.Tensors;
using System.Text.Json;

namespace CompiledDnn.Tests.Notebook;

/// <summary>A matrix of the notebook, one example a column; a number is a matrix of one.</summary>
public sealed class GoldenMatrix
{
    private readonly double[] _data;

    private GoldenMatrix(double[] data, int rows, int columns)
    {
        _data = data;
        Rows = rows;
        Columns = columns;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Row after row: the dense order of PyTorch for weights, one number an output for biases.</summary>
    public ReadOnlySpan<double> Data => _data;

    /// <summary>Column after column, which is a batch of examples as this library takes it.</summary>
    public double[] Batch
    {
        get
        {
            var batch = new double[_data.Length];
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    batch[(column * Rows) + row] = _data[(row * Columns) + column];
                }
            }

            return batch;
        }
    }

    /// <summary>Reads nested lists of equal length, or one number.</summary>
    public static GoldenMatrix Parse(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            return new GoldenMatrix([element.GetDouble()], 1, 1);
        }

        double[][] rows = [.. element.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
        return rows.All(row => row.Length == rows[0].Length)
            ? new GoldenMatrix([.. rows.SelectMany(row => row)], rows.Length, rows[0].Length)
            : throw new FormatException("The rows of a matrix differ in length.");
    }

    /// <summary>A batch of this library, [m, n], as the notebook's matrix, [n, m].</summary>
    public static GoldenMatrix OfBatch(ReadOnlyTensorSpan<double> batch)
    {
        int m = (int)batch.Lengths[0];
        int n = (int)batch.Lengths[1];
        return new GoldenMatrix(new double[n * m], n, m).Fill(batch, static (rows, row, column) => rows[column, row]);
    }

    /// <summary>A matrix of weights, [outputs, inputs] here and there.</summary>
    public static GoldenMatrix OfWeights(ReadOnlyTensorSpan<double> weights) =>
        new GoldenMatrix(new double[(int)weights.FlattenedLength], (int)weights.Lengths[0], (int)weights.Lengths[1])
            .Fill(weights, static (matrix, row, column) => matrix[row, column]);

    /// <summary>A vector of biases as the notebook's matrix of one column.</summary>
    public static GoldenMatrix OfBiases(ReadOnlyTensorSpan<double> biases) =>
        new GoldenMatrix(new double[(int)biases.FlattenedLength], (int)biases.FlattenedLength, 1)
            .Fill(biases, static (vector, row, _) => vector[row]);

    /// <summary>Padded rows of a kernel, one example each, as the notebook's matrix.</summary>
    public static GoldenMatrix OfRows(ReadOnlySpan<double> rows, int stride, int outputs, int m)
    {
        var data = new double[outputs * m];
        for (int example = 0; example < m; example++)
        {
            for (int output = 0; output < outputs; output++)
            {
                data[(output * m) + example] = rows[(example * stride) + output];
            }
        }

        return new GoldenMatrix(data, outputs, m);
    }

    private GoldenMatrix Fill(ReadOnlyTensorSpan<double> source, Element element)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                _data[(row * Columns) + column] = element(source, row, column);
            }
        }

        return this;
    }

    private delegate double Element(ReadOnlyTensorSpan<double> source, int row, int column);
}
