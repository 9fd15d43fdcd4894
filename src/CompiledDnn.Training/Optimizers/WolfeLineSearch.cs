namespace CompiledDnn;

/// <summary>A cost along a line.</summary>
internal interface ILineFunction
{
    /// <summary>The cost so many directions from the start; infinite where it or its slope is not finite.</summary>
    LinePoint At(double step);
}

/// <summary>A point of a line.</summary>
/// <param name="Step">How many directions it is from the start.</param>
/// <param name="Value">The cost there.</param>
/// <param name="Slope">Its derivative along the direction.</param>
internal readonly record struct LinePoint(double Step, double Value, double Slope);

/// <summary>
/// Finds a step that meets the strong Wolfe conditions: φ(t) ≤ φ(0) + c₁ t φ'(0) and |φ'(t)| ≤ c₂ |φ'(0)|, with c₁ = 0.0001, c₂ = 0.9.
/// </summary>
/// <remarks>
/// J. Nocedal and S. J. Wright, "Numerical Optimization", 2nd edition, algorithms 3.5 (a bracket) and 3.6 (zoom), with cubic steps,
/// equation 3.59, kept away from the borders as in PyTorch.
/// </remarks>
/// <param name="maxEvaluations">The most points to look at.</param>
internal sealed class WolfeLineSearch(int maxEvaluations)
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;

    private int _evaluations;
    private LinePoint _start;

    /// <summary>Searches a line that leads down.</summary>
    /// <param name="line">The cost along it.</param>
    /// <param name="start">The point at step 0; its slope is negative.</param>
    /// <param name="step">The first step to try, positive.</param>
    /// <returns>
    /// A point that meets both conditions. If the evaluations do not suffice, the lowest one found that meets the first; null if there is none.
    /// </returns>
    public LinePoint? Find(ILineFunction line, LinePoint start, double step)
    {
        _start = start;
        _evaluations = 0;
        LinePoint previous = start, point = Evaluate(line, step);
        while (true)
        {
            if (IsTooHigh(point) || (previous.Step > 0 && point.Value >= previous.Value))
            {
                return Zoom(line, previous, point);
            }

            if (IsFlat(point) || _evaluations >= maxEvaluations)
            {
                return point;
            }

            if (point.Slope >= 0)
            {
                return Zoom(line, point, previous);
            }

            double least = point.Step + (0.01 * (point.Step - previous.Step)), most = 10 * point.Step;
            double next = Math.Clamp(CubicMinimum(previous, point), least, most);
            if (!double.IsFinite(next))
            {
                return point;
            }

            (previous, point) = (point, Evaluate(line, next));
        }
    }

    // Low is the lowest point so far that meets the first condition, and the cost falls from it towards high.
    private LinePoint? Zoom(ILineFunction line, LinePoint low, LinePoint high)
    {
        while (_evaluations < maxEvaluations)
        {
            double left = Math.Min(low.Step, high.Step), width = Math.Abs(high.Step - low.Step);
            double step = Math.Clamp(CubicMinimum(low, high), left + (0.1 * width), left + (0.9 * width));
            if (step == low.Step || step == high.Step)
            {
                break;
            }

            LinePoint point = Evaluate(line, step);
            if (IsTooHigh(point) || point.Value >= low.Value)
            {
                high = point;
                continue;
            }

            if (IsFlat(point))
            {
                return point;
            }

            if (point.Slope * (high.Step - low.Step) >= 0)
            {
                high = low;
            }

            low = point;
        }

        return low.Step > 0 ? low : null;
    }

    // The minimum of the cubic through two points with their slopes; the middle where there is none, such as beside an infinite cost.
    private static double CubicMinimum(LinePoint a, LinePoint b)
    {
        double width = b.Step - a.Step;
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        double d2 = Math.CopySign(Math.Sqrt((d1 * d1) - (a.Slope * b.Slope)), width);
        double minimum = b.Step - (width * (b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2)));
        return double.IsFinite(minimum) ? minimum : a.Step + (width / 2);
    }

    private bool IsTooHigh(LinePoint point) => !(point.Value <= _start.Value + (SufficientDecrease * point.Step * _start.Slope));

    private bool IsFlat(LinePoint point) => Math.Abs(point.Slope) <= -Curvature * _start.Slope;

    private LinePoint Evaluate(ILineFunction line, double step)
    {
        _evaluations++;
        return line.At(step);
    }
}
