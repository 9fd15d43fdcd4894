namespace CompiledDnn.Tests.Numerics;

/// <summary>The functions in double by other formulas than the library's, good to a few units of the last place of a double.</summary>
internal static class Reference
{
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double LogOnePlus(double x)
    {
        // From the series where 1 + x would round.
        if (Math.Abs(x) >= 0.01)
        {
            return Math.Log(1 + x);
        }

        double sum = 0;
        for (int k = 12; k >= 1; k--)
        {
            sum = (x * sum) + ((k % 2 == 0 ? -1.0 : 1.0) / k);
        }

        return x * sum;
    }

    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) >= 0.1)
        {
            return Math.Exp(x) - 1;
        }

        double sum = 1;
        for (int k = 14; k >= 2; k--)
        {
            sum = 1 + (x / k * sum);
        }

        return x * sum;
    }

    public static double Erf(double x)
    {
        // erf(x) = 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5···(2n+1)): every term has the sign of x.
        if (double.IsNaN(x) || Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
