using System.Globalization;
using System.Text;

namespace Samples.Walkthrough;

/// <summary>Matrices as NumPy prints them, and back.</summary>
internal static class NumPyText
{
    /// <summary>
    /// As <c>str(matrix)</c>: at most eight decimals, no zeros at the end, the points below each other. (NumPy turns to exponents for
    /// very large, very small or very different numbers; the notebook has none.)
    /// </summary>
    public static string Print(double[,] matrix)
    {
        string[] numbers = [.. matrix.Cast<double>().Select(number => number.ToString("F8", CultureInfo.InvariantCulture).TrimEnd('0'))];
        int left = numbers.Max(number => number.IndexOf('.', StringComparison.Ordinal));
        int right = numbers.Max(number => number.Length - number.IndexOf('.', StringComparison.Ordinal));
        int columns = matrix.GetLength(1);
        var text = new StringBuilder("[");
        for (int i = 0; i < numbers.Length; i++)
        {
            int point = numbers[i].IndexOf('.', StringComparison.Ordinal);
            text.Append(i % columns > 0 ? " " : i == 0 ? "[" : "]\n [")
                .Append(numbers[i].PadLeft(left - point + numbers[i].Length).PadRight(left + right));
        }

        return text.Append("]]").ToString();
    }

    /// <summary>The numbers of a matrix that NumPy has printed.</summary>
    public static double[,] Parse(string text)
    {
        string[][] rows = [.. text.Split('\n').Select(row => row.Split([' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries))];
        var matrix = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[0].Length; j++)
            {
                matrix[i, j] = double.Parse(rows[i][j], CultureInfo.InvariantCulture);
            }
        }

        return matrix;
    }
}
