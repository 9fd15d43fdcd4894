namespace CompiledDnn.Tests.Kernels;

/// <summary>What kernels are compared with: one number after the other, in double.</summary>
internal static class PlainLoops
{
    /// <summary>C[r, c] = Σk P[r, k] Q[k, c], dense rows; P and Q by their strides.</summary>
    public static double[] Product(int rows, int columns, int terms, double[] p, int pRow, int pTerm, double[] q, int qColumn, int qTerm)
    {
        var product = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                for (int term = 0, i = row * pRow, j = column * qColumn; term < terms; term++, i += pTerm, j += qTerm)
                {
                    sum += p[i] * q[j];
                }

                product[(row * columns) + column] = sum;
            }
        }

        return product;
    }

    /// <summary>Adds one row to every row.</summary>
    public static void AddRow(double[] rows, double[] row)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] += row[i % row.Length];
        }
    }

    /// <summary>The sums of the columns.</summary>
    public static double[] Columns(double[] rows, int columns)
    {
        var sums = new double[columns];
        for (int i = 0; i < rows.Length; i++)
        {
            sums[i % columns] += rows[i];
        }

        return sums;
    }

    /// <summary>exp(z) over the sum of the row's; for moderate z.</summary>
    public static double[] Softmax(double[] rows, int columns)
    {
        double[] a = [.. rows.Select(Math.Exp)];
        for (int start = 0; start < a.Length; start += columns)
        {
            double sum = 0;
            for (int i = start; i < start + columns; i++)
            {
                sum += a[i];
            }

            for (int i = start; i < start + columns; i++)
            {
                a[i] /= sum;
            }
        }

        return a;
    }
}
