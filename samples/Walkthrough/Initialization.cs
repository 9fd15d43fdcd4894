using CompiledDnn;

namespace Samples.Walkthrough;

/// <summary>The notebook's section "Initialization".</summary>
internal static class Initialization
{
    public static void Run(Page page)
    {
        page.Heading("Initialization");
        page.Equation("W[l] = np.random.randn(n[l], n[l-1]) * 0.01,  b[l] = 0");
        page.Text("[Network(3, 5, 4, 2)], in NumPy's random numbers:");

        // The cell sets no seed; its numbers are those of seed 1 from the 71st on. Before it came, in the same session, the 27 of
        // L_model_forward_test_case and the 43 of this same cell, run once before.
        var random = new NumPyRandom(seed: 1);
        for (int i = 0; i < 27 + 43; i++)
        {
            random.NextGaussian();
        }

        // In a program of one's own: new ThreeLayers(seed: 1, Initializer.Notebook), which begins at the seed's first number.
        var net = new ThreeLayers(initializer: Initializer.NumPy(random, scale: 0.01));

        page.Show("W1", net.W1, """
            [[-0.01444114 -0.00504466  0.00160037]
             [ 0.00876169  0.00315635 -0.02022201]
             [-0.00306204  0.00827975  0.00230095]
             [ 0.00762011 -0.00222328 -0.00200758]
             [ 0.00186561  0.00410052  0.001983  ]]
            """);
        page.Show("b1", net.B1, """
            [[0.]
             [0.]
             [0.]
             [0.]
             [0.]]
            """);
        page.Show("W2", net.W2, """
            [[ 0.00119009 -0.00670662  0.00377564  0.00121821  0.01129484]
             [ 0.01198918  0.00185156 -0.00375285 -0.0063873   0.00423494]
             [ 0.0007734  -0.00343854  0.00043597 -0.00620001  0.00698032]
             [-0.00447129  0.01224508  0.00403492  0.00593579 -0.01094912]]
            """);
        page.Show("b2", net.B2, """
            [[0.]
             [0.]
             [0.]
             [0.]]
            """);
    }
}
