using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Some rows of a paired product.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IPairedTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>As many rows as <typeparamref name="TRows"/> says.</summary>
    /// <typeparam name="TOps">The operations.</typeparam>
    /// <typeparam name="TVector">Their vector.</typeparam>
    /// <typeparam name="TRows">The tile's rows.</typeparam>
    /// <param name="p">What belongs to the first row in P.</param>
    /// <param name="q">Q.</param>
    /// <param name="aside">The biases, or what the epilogue reads beside the sums, from the first row on.</param>
    /// <param name="c">The first row of C.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <param name="terms">Products that add up to one number of C.</param>
    /// <param name="columns">Columns of C.</param>
    static abstract void Run<TOps, TVector, TRows>(ref T p, ref T q, ref T aside, ref T c, T scale, int terms, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize;
}

/// <summary>The rows of a paired product, tile by tile.</summary>
internal static class PairedTiles<T, TStrides, TEpilogue, TTile>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TStrides : struct, IProductStrides
    where TEpilogue : struct, IEpilogue<T>
    where TTile : struct, IPairedTile<T>
{
    /// <summary>All rows.</summary>
    public static void Run<TOps, TVector>(ref T p, ref T q, ref T aside, ref T c, T scale, int rows, int terms, int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int tallest = TileShape.NarrowRows(TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        while (rows > 0)
        {
            int height = TileShape.NextRows(rows, tallest);
            switch (height)
            {
                case 16:
                    TTile.Run<TOps, TVector, Sixteen>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 15:
                    TTile.Run<TOps, TVector, Fifteen>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 14:
                    TTile.Run<TOps, TVector, Fourteen>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 13:
                    TTile.Run<TOps, TVector, Thirteen>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 12:
                    TTile.Run<TOps, TVector, Twelve>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 11:
                    TTile.Run<TOps, TVector, Eleven>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 10:
                    TTile.Run<TOps, TVector, Ten>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 9:
                    TTile.Run<TOps, TVector, Nine>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 8:
                    TTile.Run<TOps, TVector, Eight>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 7:
                    TTile.Run<TOps, TVector, Seven>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 6:
                    TTile.Run<TOps, TVector, Six>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 5:
                    TTile.Run<TOps, TVector, Five>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 4:
                    TTile.Run<TOps, TVector, Four>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 3:
                    TTile.Run<TOps, TVector, Three>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                case 2:
                    TTile.Run<TOps, TVector, Two>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
                default:
                    TTile.Run<TOps, TVector, One>(ref p, ref q, ref aside, ref c, scale, terms, columns);
                    break;
            }

            p = ref Unsafe.Add(ref p, height * TStrides.PRowStride);
            c = ref Unsafe.Add(ref c, height * TStrides.CStride);
            aside = ref TEpilogue.ReadsOther ? ref Unsafe.Add(ref aside, height * TStrides.CStride) : ref aside;
            rows -= height;
        }
    }
}
