using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Notebook;

/// <summary>
/// The notebook's cases whose caches are independent draws and so do not form a network: through the kernels that generated classes call.
/// </summary>
public class IndependentDrawTests
{
    private const int Line = 8;

    [Fact]
    public void Linear_activation_backward()
    {
        SeedCase golden = SeedCase.Read("linear_activation_backward");
        double[] z = golden.Input("Z").Batch;
        double[] a = Rows(golden.Input("A_prev"), Line);
        double[] w = Rows(golden.Input("W"), Line, transposed: true);

        double[] sigmoid = golden.Input("dA").Batch;
        ActivationGradient.FromOutput<double, ThreeToOne, Sigmoid<double>>(Apply<Sigmoid<double>>(z), sigmoid, 2);
        Compare("sigmoid", sigmoid);

        double[] relu = golden.Input("dA").Batch;
        ActivationGradient.FromOutput<double, ThreeToOne, ReLU<double>>(Apply<ReLU<double>>(z), relu, 2);
        Compare("relu", relu);

        golden.AssertComplete();

        void Compare(string activation, double[] dz)
        {
            golden.Compare($"{activation}.dZ", GoldenMatrix.OfRows(dz, 1, 1, 2));
            var dw = new double[Line];
            var db = new double[Line];
            DenseGradient.Dot<double, ThreeToOne>(a, dz, dw, db, 2, Share.Whole);
            golden.Compare($"{activation}.dW", GoldenMatrix.OfRows(dw, 1, 1, 3));
            golden.Compare($"{activation}.db", db[0]);
            var da = new double[2 * Line];
            DenseBackward.Dot<double, ThreeToOne>(w, dz, da, 2);
            golden.Compare($"{activation}.dA_prev", GoldenMatrix.OfRows(da, Line, 3, 2));
        }
    }

    [Fact]
    public void L_model_backward()
    {
        SeedCase golden = SeedCase.Read("L_model_backward");
        double[] dz2 = new double[2];
        LossGradient.Elementwise<double, ThreeToOne, BinaryCrossEntropy<double>>(golden.Input("AL").Batch, golden.Input("Y").Batch, dz2, 2);
        golden.Compare("dAL", GoldenMatrix.OfRows(dz2, 1, 1, 2));

        // The notebook's σ' is of Z2, and AL is not σ(Z2).
        ActivationGradient.FromOutput<double, ThreeToOne, Sigmoid<double>>(Apply<Sigmoid<double>>(golden.Input("Z2").Batch), dz2, 2);
        var dw2 = new double[Line];
        var db2 = new double[Line];
        DenseGradient.Dot<double, ThreeToOne>(Rows(golden.Input("A1"), Line), dz2, dw2, db2, 2, Share.Whole);
        golden.Compare("dW2", GoldenMatrix.OfRows(dw2, 1, 1, 3));
        golden.Compare("db2", db2[0]);

        var dz1 = new double[2 * Line];
        DenseBackward.Dot<double, ThreeToOne>(Rows(golden.Input("W2"), Line, transposed: true), dz2, dz1, 2);
        golden.Compare("dA_below_layer2", GoldenMatrix.OfRows(dz1, Line, 3, 2));

        double[] a1 = Apply<ReLU<double>>(Rows(golden.Input("Z1"), Line));
        ActivationGradient.FromOutput<double, FourToThree, ReLU<double>>(a1, dz1, 2);
        var dw1 = new double[4 * Line];
        var db1 = new double[Line];
        DenseGradient.Lanes<double, FourToThree>(golden.Input("A0").Batch, dz1, dw1, db1, 2, Share.Whole);
        golden.Compare("dW1", GoldenMatrix.OfRows(dw1, Line, 3, 4));
        golden.Compare("db1", GoldenMatrix.OfRows(db1, Line, 3, 1));

        var da0 = new double[2 * Line];
        DenseBackward.Lanes<double, FourToThree>(Rows(golden.Input("W1"), Line), dz1, da0, 2, 2);
        golden.Compare("dA_below_layer1", GoldenMatrix.OfRows(da0, Line, 4, 2));
        golden.AssertComplete();
    }

    [Fact]
    public void Compute_cost()
    {
        SeedCase golden = SeedCase.Read("compute_cost");

        golden.Compare(
            "cost",
            LossCost.Elementwise<double, ThreeToOne, BinaryCrossEntropy<double>>(golden.Input("AL").Batch, golden.Input("Y").Batch, 3));
        golden.AssertComplete();
    }

    private static double[] Apply<TActivation>(double[] z)
        where TActivation : struct, IActivation<double> =>
        [.. z.Select(TActivation.Apply<ScalarOps<double>, double>)];

    // A matrix column after column, each in a row that is followed by zeros; a transposed one row after row.
    private static double[] Rows(GoldenMatrix matrix, int stride, bool transposed = false)
    {
        int width = transposed ? matrix.Columns : matrix.Rows;
        double[] dense = transposed ? matrix.Data.ToArray() : matrix.Batch;
        var rows = new double[dense.Length / width * stride];
        for (int i = 0; i < dense.Length; i++)
        {
            rows[(i / width * stride) + (i % width)] = dense[i];
        }

        return rows;
    }

    // The notebook's layers as the planner lays them out in double precision.
    private readonly struct ThreeToOne : IDenseLayer
    {
        public static int Inputs => 3;

        public static int Outputs => 1;

        public static int WeightStride => Line;

        public static int InputRowStride => Line;

        public static int InputGradientRowStride => Line;

        public static int RowStride => 1;
    }

    private readonly struct FourToThree : IDenseLayer
    {
        public static int Inputs => 4;

        public static int Outputs => 3;

        public static int WeightStride => Line;

        public static int InputRowStride => 4;

        public static int InputGradientRowStride => Line;

        public static int RowStride => Line;
    }
}
