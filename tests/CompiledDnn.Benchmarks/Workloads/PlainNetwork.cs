using System.Numerics;

namespace CompiledDnn.Benchmarks;

/// <summary>
/// A network as plain loops in double, written from the equations: what is timed must agree with it. It knows the pairs of output and loss
/// that the workloads have: sigmoid and softmax with cross-entropy, identity with the mean squared error.
/// </summary>
/// <param name="sizes">Inputs, then the outputs of every layer.</param>
/// <param name="hidden">The name of the hidden layers' activation.</param>
/// <param name="output">The name of the last layer's activation.</param>
internal sealed class PlainNetwork(int[] sizes, string hidden, string output)
{
    /// <summary>The weights of every layer, a row for each output.</summary>
    public double[][] W { get; } = [.. Enumerable.Range(0, sizes.Length - 1).Select(l => new double[sizes[l] * sizes[l + 1]])];

    /// <summary>The biases of every layer.</summary>
    public double[][] B { get; } = [.. Enumerable.Range(0, sizes.Length - 1).Select(l => new double[sizes[l + 1]])];

    private int Depth => sizes.Length - 1;

    /// <summary>The same network as a generated one, with its present weights.</summary>
    public static PlainNetwork Of<T>(INetwork<T> net)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<LayerInfo> layers = net.Shape.Layers;
        int[] sizes = [net.Shape.InputSize, .. layers.ToArray().Select(layer => layer.Outputs)];
        var plain = new PlainNetwork(sizes, layers[0].Activation, layers[^1].Activation);
        foreach (LayerInfo layer in layers)
        {
            var weights = new T[layer.Inputs * layer.Outputs];
            net.Parameters.CopyWeightsTo(layer.Index, weights);
            plain.W[layer.Index - 1] = [.. weights.Select(double.CreateTruncating)];
            plain.B[layer.Index - 1] = [.. net.Parameters.B(layer.Index)[..layer.Outputs].ToArray().Select(double.CreateTruncating)];
        }

        return plain;
    }

    /// <summary>A copy that a step does not change.</summary>
    public PlainNetwork Clone()
    {
        var copy = new PlainNetwork(sizes, hidden, output);
        for (int l = 0; l < Depth; l++)
        {
            W[l].CopyTo(copy.W[l], 0);
            B[l].CopyTo(copy.B[l], 0);
        }

        return copy;
    }

    /// <summary>The outputs for one example.</summary>
    public double[] Predict(double[] x) => Forward(x)[^1];

    /// <summary>One step of gradient descent, or the first of Adam.</summary>
    /// <param name="x">One row for each example.</param>
    /// <param name="y">The targets, or with softmax one number each: the class.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="adam">True for Adam.</param>
    public void Step(double[][] x, double[][] y, double rate, bool adam)
    {
        double[][] dw = [.. W.Select(w => new double[w.Length])], db = [.. B.Select(b => new double[b.Length])];
        for (int example = 0; example < x.Length; example++)
        {
            AddGradients(x[example], y[example], 1.0 / x.Length, dw, db);
        }

        // In Adam's first step the mean is the gradient and the root of the square its size.
        for (int l = 0; l < Depth; l++)
        {
            Subtract(W[l], dw[l], rate, adam);
            Subtract(B[l], db[l], rate, adam);
        }
    }

    /// <summary>
    /// How far two networks lie apart, layer for layer, as a share of how far this one came from where both began; the largest of the
    /// layers. An example that lies on the bend of a ReLU may fall to either side and counts as one of many.
    /// </summary>
    public double Difference(PlainNetwork other, PlainNetwork before)
    {
        double worst = 0;
        for (int l = 0; l < Depth; l++)
        {
            double way = Distance(W[l], before.W[l]) + Distance(B[l], before.B[l]);
            double apart = Distance(W[l], other.W[l]) + Distance(B[l], other.B[l]);
            worst = Math.Max(worst, Math.Sqrt(apart / way));
        }

        return worst;
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));

    private static void Subtract(double[] w, double[] gradient, double rate, bool adam)
    {
        for (int i = 0; i < w.Length; i++)
        {
            w[i] -= adam ? rate * gradient[i] / (Math.Abs(gradient[i]) + 1e-8) : rate * gradient[i];
        }
    }

    private static double[] Softmax(double[] z)
    {
        double largest = z.Max();
        double sum = z.Sum(number => Math.Exp(number - largest));
        return [.. z.Select(number => Math.Exp(number - largest) / sum)];
    }

    private static double Apply(string activation, double z) => activation switch
    {
        "ReLU" => Math.Max(z, 0),
        "Tanh" => Math.Tanh(z),
        "Sigmoid" => 1 / (1 + Math.Exp(-z)),
        "Identity" => z,
        _ => throw new NotSupportedException($"{activation} is not among the workloads' activations."),
    };

    // A0 ... AL.
    private double[][] Forward(double[] x)
    {
        var a = new double[Depth + 1][];
        a[0] = x;
        for (int l = 0; l < Depth; l++)
        {
            var z = new double[sizes[l + 1]];
            for (int o = 0; o < z.Length; o++)
            {
                double sum = B[l][o];
                ReadOnlySpan<double> weights = W[l].AsSpan(o * sizes[l], sizes[l]);
                for (int i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * a[l][i];
                }

                z[o] = sum;
            }

            string activation = l + 1 < Depth ? hidden : output;
            a[l + 1] = activation == "Softmax" ? Softmax(z) : [.. z.Select(number => Apply(activation, number))];
        }

        return a;
    }

    private void AddGradients(double[] x, double[] y, double share, double[][] dw, double[][] db)
    {
        double[][] a = Forward(x);
        double[] dz = OutputGradient(a[^1], y);
        for (int l = Depth - 1; l >= 0; l--)
        {
            var below = new double[sizes[l]];
            for (int o = 0; o < dz.Length; o++)
            {
                db[l][o] += share * dz[o];
                Span<double> gradient = dw[l].AsSpan(o * sizes[l], sizes[l]);
                ReadOnlySpan<double> weights = W[l].AsSpan(o * sizes[l], sizes[l]);
                for (int i = 0; i < gradient.Length && dz[o] != 0; i++)
                {
                    gradient[i] += share * dz[o] * a[l][i];
                    below[i] += weights[i] * dz[o];
                }
            }

            for (int i = 0; i < below.Length; i++)
            {
                below[i] *= hidden == "ReLU" ? (a[l][i] > 0 ? 1 : 0) : 1 - (a[l][i] * a[l][i]);
            }

            dz = below;
        }
    }

    private double[] OutputGradient(double[] a, double[] y) => output switch
    {
        "Softmax" => [.. a.Select((p, j) => p - (j == (int)y[0] ? 1 : 0))],
        "Sigmoid" => [.. a.Zip(y, (p, target) => p - target)],
        _ => [.. a.Zip(y, (p, target) => 2 * (p - target) / a.Length)],
    };
}
