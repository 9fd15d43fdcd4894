using System.Globalization;
using System.Numerics.Tensors;

namespace Samples.Walkthrough;

/// <summary>What is printed, and the count of what was compared.</summary>
internal sealed class Page(TextWriter output)
{
    // Half a unit of the eighth decimal, and a little for the rounding of the ninth.
    private const double HalfDigit = 5.000001e-9;

    /// <summary>Results that were compared with the notebook's.</summary>
    public int Compared { get; private set; }

    /// <summary>Those that differed.</summary>
    public int Different { get; private set; }

    public void Heading(string title)
    {
        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine(new string('-', title.Length));
    }

    public void Text(string text) => output.WriteLine(text);

    public void Equation(string equation) => output.WriteLine("    " + equation);

    /// <summary>Prints a matrix that the notebook prints too, and says whether they agree in all eight decimals.</summary>
    /// <param name="name">Its name in the notebook.</param>
    /// <param name="matrix">The numbers worked out here.</param>
    /// <param name="notebook">The notebook's text.</param>
    public void Show(string name, double[,] matrix, string notebook)
    {
        bool isSame = Agree(matrix, NumPyText.Parse(notebook), HalfDigit);
        Print(name, matrix, Verdict(isSame, "as in the notebook", "NOT as in the notebook, which has"));
        if (!isSame)
        {
            output.WriteLine(notebook);
        }
    }

    /// <inheritdoc cref="Show(string, double[,], string)"/>
    public void Show(string name, ReadOnlyTensorSpan<double> view, string notebook) => Show(name, view.ToMatrix(), notebook);

    /// <summary>Prints a count that the notebook prints too.</summary>
    public void Show(string name, int number, int notebook) =>
        output.WriteLine($"{name} = {number}    {Verdict(number == notebook, "as in the notebook", $"NOT as in the notebook, which has {notebook}")}");

    /// <summary>Prints a matrix that the notebook works out but does not print.</summary>
    public void Show(string name, double[,] matrix) => Print(name, matrix, "(not printed in the notebook)");

    /// <summary>Prints a number that was worked out in two ways.</summary>
    public void Compare(string name, double number, double other, string how)
    {
        string verdict = Verdict(Math.Abs(number - other) < 1e-14, how, $"NOT {how}, which gives {other.ToString("R", CultureInfo.InvariantCulture)}");
        output.WriteLine($"{name} = {number.ToString("R", CultureInfo.InvariantCulture)}    {verdict}");
    }

    /// <summary>Prints a matrix that was worked out in two ways.</summary>
    public void Compare(string name, double[,] matrix, double[,] other, string how) =>
        Print(name, matrix, Verdict(Agree(matrix, other, 1e-14), how, $"NOT {how}"));

    private void Print(string name, double[,] matrix, string remark) => output.WriteLine($"{name} = {NumPyText.Print(matrix)}    {remark}");

    private string Verdict(bool isSame, string yes, string no)
    {
        Compared++;
        Different += isSame ? 0 : 1;
        return isSame ? yes : no;
    }

    private static bool Agree(double[,] a, double[,] b, double tolerance) =>
        a.GetLength(0) == b.GetLength(0)
        && a.GetLength(1) == b.GetLength(1)
        && a.Cast<double>().Zip(b.Cast<double>()).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
}
