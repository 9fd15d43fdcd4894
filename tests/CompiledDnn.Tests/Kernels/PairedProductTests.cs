using System.Numerics;
using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Products of half a vector's columns, with two numbers of P in one load, against plain loops; NaN lies behind every row of P that may have no padding.</summary>
public class PairedProductTests
{
    private const int Most = 40;

    [Fact]
    public void Float_products_equal_plain_loops()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Check<float, Vector512Ops<float>, Vector512<float>>();
        }
        else
        {
            Check<float, Vector256Ops<float>, Vector256<float>>();
        }
    }

    [Fact]
    public void Double_products_equal_plain_loops()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Check<double, Vector512Ops<double>, Vector512<double>>();
        }
        else
        {
            Check<double, Vector256Ops<double>, Vector256<double>>();
        }
    }

    private static void Check<T, TOps, TVector>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        if (!LanePairs.IsSupported<TVector, T>())
        {
            return;
        }

        int half = TOps.Count / 2;
        for (int rows = 1; rows <= Most; rows++)
        {
            for (int terms = 1; terms <= Most; terms++)
            {
                Check<T, TOps, TVector>((rows + (3 * terms)) % 7, rows, terms, (rows * terms % half) + 1);
            }
        }

        foreach (int rows in (int[])[1, 2, 7, 8, 16, 17])
        {
            foreach (int terms in (int[])[1, 2, 7, 8])
            {
                for (int columns = 1; columns <= half; columns++)
                {
                    for (int epilogue = 0; epilogue < 7; epilogue++)
                    {
                        Check<T, TOps, TVector>(epilogue, rows, terms, columns);
                    }
                }
            }
        }
    }

    private static void Check<T, TOps, TVector>(int epilogue, int rows, int terms, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        switch (epilogue)
        {
            case 0:
                Check<T, TOps, TVector, ActivationEpilogue<T, ReLU<T>>>(rows, terms, columns, (sum, _) => Math.Max(0, sum));
                break;
            case 1:
                Check<T, TOps, TVector, BiasEpilogue<T>>(rows, terms, columns, (sum, _) => sum);
                break;
            case 2:
                Check<T, TOps, TVector, PlainEpilogue<T>>(rows, terms, columns, (sum, _) => sum);
                break;
            case 3:
                Check<T, TOps, TVector, DescendEpilogue<T>>(rows, terms, columns, (sum, old) => old - (0.25 * sum));
                break;
            case 4:
                Check<T, TOps, TVector, MeanEpilogue<T>>(rows, terms, columns, (sum, _) => sum * -0.25);
                break;
            case 5:
                Check<T, TOps, TVector, AddEpilogue<T>>(rows, terms, columns, (sum, old) => old + sum);
                break;
            default:
                Check<T, TOps, TVector, DerivativeEpilogue<T, Tanh<T>>>(rows, terms, columns, (sum, output) => sum * (1 - (output * output)));
                break;
        }
    }

    private static void Check<T, TOps, TVector, TEpilogue>(int rows, int terms, int columns, Func<double, double, double> finish)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TEpilogue : struct, IEpilogue<T>
    {
        int line = Lines.RoundUp<T>(1);
        Check<T, TOps, TVector, TEpilogue, ManyTerms<T>, TermPairTile<T, ManyTerms<T>, TEpilogue>>(rows, terms, columns, finish, T.NaN);
        Check<T, TOps, TVector, TEpilogue, ManyRows<T>, RowPairTile<T, ManyRows<T>, TEpilogue>>(rows, terms, columns, finish, T.NaN);
        if (terms <= line)
        {
            Check<T, TOps, TVector, TEpilogue, TermsInLines<T>, TermPairTile<T, TermsInLines<T>, TEpilogue>>(rows, terms, columns, finish, T.Zero);
            Check<T, TOps, TVector, TEpilogue, PairsInLines<T>, TermPairTile<T, PairsInLines<T>, TEpilogue>>(rows, terms, columns, finish, T.Zero);
        }

        if (rows <= line)
        {
            Check<T, TOps, TVector, TEpilogue, RowsInLines<T>, RowPairTile<T, RowsInLines<T>, TEpilogue>>(rows, terms, columns, finish, T.NaN);
        }
    }

    private static void Check<T, TOps, TVector, TEpilogue, TStrides, TTile>(
        int rows, int terms, int columns, Func<double, double, double> finish, T behind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TEpilogue : struct, IEpilogue<T>
        where TStrides : struct, IProductStrides
        where TTile : struct, IPairedTile<T>
    {
        var random = new Random((rows * 100) + terms);
        int line = TStrides.CStride;
        bool hasRows = TStrides.PTermStride == 1;
        (int length, int width, int stride) = hasRows ? (rows, terms, TStrides.PRowStride) : (terms, rows, TStrides.PTermStride);
        GuardedRows<T> p = GuardedRows<T>.Random(random, length, width, stride), q = GuardedRows<T>.Random(random, terms, columns, line);
        GuardedRows<T> aside = GuardedRows<T>.Random(random, TEpilogue.HasBias ? 1 : rows, columns, line);
        GuardedRows<T> c = TEpilogue.ReadsOld ? GuardedRows<T>.Random(random, rows, columns, line) : GuardedRows<T>.Unwritten(rows, columns, line);
        double[] expected = PlainLoops.Product(
            rows, columns, terms, p.Dense(), hasRows ? terms : 1, hasRows ? 1 : rows, q.Dense(), 1, columns);
        double[] beside = TEpilogue.ReadsOld ? c.Dense() : aside.Dense();
        if (TEpilogue.HasBias)
        {
            PlainLoops.AddRow(expected, beside);
            beside = expected;
        }

        for (int row = 0; row < length; row++)
        {
            p.Span[((row * stride) + width)..((row + 1) * stride)].Fill(behind);
        }

        Span<T> second = TStrides.QInPairs ? InPairs(q, terms, columns, TOps.Count) : q.Span;
        PairedTiles<T, TStrides, TEpilogue, TTile>.Run<TOps, TVector>(
            ref p.Span[0], ref second[0], ref aside.Span[0], ref c.Span[0], T.CreateChecked(-0.25), rows, terms, columns);

        double unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        c.AssertEquals(
            $"{typeof(TTile).Name} of {rows} × {terms} × {columns}, {typeof(TEpilogue).Name}, {TOps.Count} lanes",
            [.. expected.Zip(beside, finish)],
            unit * 4 * (terms + 2));
    }

    // A vector for every two rows, zeros in place of a second one that is not there.
    private static T[] InPairs<T>(GuardedRows<T> q, int terms, int columns, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pairs = new T[(terms + 1) / 2 * lanes];
        for (int term = 0; term < terms; term++)
        {
            for (int column = 0; column < columns; column++)
            {
                pairs[(term / 2 * lanes) + (2 * column) + (term % 2)] = q[term, column];
            }
        }

        return pairs;
    }

    // More terms than a cache line holds; the strides of a layer of inputs.
    private readonly struct ManyTerms<T> : IProductStrides
        where T : unmanaged
    {
        public static int PRowStride => Most + 1;

        public static int PTermStride => 1;

        public static int QStride => Lines.RoundUp<T>(1);

        public static int CStride => Lines.RoundUp<T>(1);
    }

    private readonly struct ManyRows<T> : IProductStrides
        where T : unmanaged
    {
        public static int PRowStride => 1;

        public static int PTermStride => Most + 1;

        public static int QStride => Lines.RoundUp<T>(1);

        public static int CStride => Lines.RoundUp<T>(1);
    }
}
