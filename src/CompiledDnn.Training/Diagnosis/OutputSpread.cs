namespace CompiledDnn;

/// <summary>How far the outputs of examples lie apart.</summary>
/// <param name="Means">The mean of each output over the examples.</param>
/// <param name="Deviations">The standard deviation of each output over the examples.</param>
/// <param name="Expected">What that should be of the size of; null for the output's own size.</param>
internal sealed record OutputSpread(double[] Means, double[] Deviations, double? Expected)
{
    private const double Little = 1e-3;

    /// <summary>True if every example has the same outputs, or as good as.</summary>
    public bool IsSame
    {
        get
        {
            for (int output = 0; output < Means.Length; output++)
            {
                // Also false for what is not a number.
                if (!(Deviations[output] <= Little * (Expected ?? Math.Abs(Means[output]))))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
