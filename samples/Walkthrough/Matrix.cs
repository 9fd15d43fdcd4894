using System.Numerics.Tensors;
using CompiledDnn;

namespace Samples.Walkthrough;

/// <summary>
/// From the notebook's matrices to the library's memory and back. In the notebook every column of X, Z, A and their gradients is an
/// example; here every example is a row. W and DW have the notebook's shape, and b is a vector where the notebook has a column.
/// </summary>
internal static class Matrix
{
    /// <summary>np.random.randn(rows, columns).</summary>
    public static double[,] Draw(this NumPyRandom random, int rows, int columns)
    {
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = random.NextGaussian();
            }
        }

        return matrix;
    }

    /// <summary>A view of a network or a workspace as a matrix; a vector becomes a column.</summary>
    public static double[,] ToMatrix(this ReadOnlyTensorSpan<double> view)
    {
        bool isVector = view.Rank == 1;
        var matrix = new double[view.Lengths[0], isVector ? 1 : view.Lengths[1]];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                matrix[i, j] = isVector ? view[i] : view[i, j];
            }
        }

        return matrix;
    }

    /// <inheritdoc cref="ToMatrix(ReadOnlyTensorSpan{double})"/>
    public static double[,] ToMatrix(this TensorSpan<double> view) => view.AsReadOnlyTensorSpan().ToMatrix();

    /// <summary>A view whose rows are examples as the notebook has it: columns are examples.</summary>
    public static double[,] ToColumns(this ReadOnlyTensorSpan<double> view) => view.ToMatrix().Transposed();

    /// <summary>A matrix whose columns are examples as a batch: one example after the other.</summary>
    public static double[] ToBatch(this double[,] matrix) => [.. matrix.Transposed().Cast<double>()];

    /// <summary>Writes a matrix into a view of the same shape: weights or gradients.</summary>
    public static void WriteTo(this double[,] matrix, TensorSpan<double> view)
    {
        if (view.Rank == 1)
        {
            // b: the notebook's column is a vector here.
            new ReadOnlyTensorSpan<double>([.. matrix.Cast<double>()]).CopyTo(view);
        }
        else
        {
            new ReadOnlyTensorSpan<double>(matrix).CopyTo(view);
        }
    }

    /// <summary>A matrix of the same shape, worked out number by number.</summary>
    public static double[,] Map(this double[,] a, double[,] b, Func<double, double, double> function)
    {
        var result = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                result[i, j] = function(a[i, j], b[i, j]);
            }
        }

        return result;
    }

    public static double[,] Transposed(this double[,] matrix)
    {
        var result = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                result[j, i] = matrix[i, j];
            }
        }

        return result;
    }
}
