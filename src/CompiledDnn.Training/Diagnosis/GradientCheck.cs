using System.Globalization;
using System.Text;

namespace CompiledDnn;

/// <summary>How far the gradients of a network are from differences of its cost, (J(w + h) − J(w − h)) / 2h.</summary>
/// <remarks>
/// <para>The relative error is ‖g − g̃‖ / (‖g‖ + ‖g̃‖) with the gradients g and the differences g̃: 0 if they agree, 1 for the wrong sign.</para>
/// <para>
/// Differences have errors of their own: h² for the curve of the cost, and the rounding of J divided by h. In double, with h = 10⁻⁵ times
/// the parameter or 1, whichever is larger, they are right to eight digits or so, and the check passes up to 10⁻⁷. In float, with h = 1/256 in
/// place of 10⁻⁵, they are right to three or four, and the check passes up to 0.02: it finds a wrong sign or factor, not a small error. A layer
/// whose gradients are lost in the rounding of J has an error near 1 of its own and counts for little in all.
/// </para>
/// <para>
/// Where a step crosses a kink, as of ReLU, the central difference is off however right the gradient, and the difference to the side
/// without the kink is right. So g̃ is whichever is nearest to the gradient of the central difference and those to either side; without a kink
/// all three agree but for h. Fewer examples have fewer kinks on both sides. Dropout is not active in the check.
/// </para>
/// </remarks>
/// <param name="Layers">Each layer by itself, layer 1 first.</param>
/// <param name="RelativeError">‖g − g̃‖ / (‖g‖ + ‖g̃‖) over all parameters that were checked; 0 if all gradients and differences are.</param>
/// <param name="Bound">Up to where the check passes.</param>
public sealed record GradientCheck(IReadOnlyList<LayerGradientCheck> Layers, double RelativeError, double Bound)
{
    /// <summary>True if the relative error over all parameters is within the bound.</summary>
    public bool Passes => RelativeError <= Bound;

    /// <summary>A line for each layer, and the result.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (LayerGradientCheck layer in Layers)
        {
            text.Append(layer).Append('\n');
        }

        return text.Append(
            CultureInfo.InvariantCulture,
            $"All: relative error {RelativeError:0.0e+0}, bound {Bound:0.0e+0}: {(Passes ? "the gradients are right." : "the gradients are not the differences of the cost.")}").ToString();
    }
}

/// <summary>The gradients of one layer beside the differences of the cost.</summary>
/// <param name="Layer">The layer, counted from 1.</param>
/// <param name="Checked">How many of its parameters were checked.</param>
/// <param name="Parameters">How many it has.</param>
/// <param name="RelativeError">‖g − g̃‖ / (‖g‖ + ‖g̃‖); 0 if all of both are.</param>
/// <param name="Worst">The parameter whose gradient and difference are furthest apart, such as <c>W2[3, 5]</c>.</param>
/// <param name="WorstGradient">Its gradient.</param>
/// <param name="WorstDifference">Its difference of the cost.</param>
public sealed record LayerGradientCheck(
    int Layer, int Checked, int Parameters, double RelativeError, string Worst, double WorstGradient, double WorstDifference)
{
    /// <summary>The layer as a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Layer {Layer}: {Checked} of {Parameters} parameters, relative error {RelativeError:0.0e+0}; furthest apart at {Worst}: gradient {WorstGradient:0.000000e+0}, difference {WorstDifference:0.000000e+0}.");
}
