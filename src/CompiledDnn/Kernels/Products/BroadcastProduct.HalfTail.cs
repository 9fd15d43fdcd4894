using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>
/// Tiles whose last vector is at most half full. Two rows share it: lanes of the low half are the columns that are left of one row, lanes of
/// the high half those of the next, so that a multiply-add has no more than half a vector of padding to work on.
/// </content>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue>
{
    // All rows of C under the last vectors of columns, of which the very last is halved.
    private void HalfPanel<TOps, TVector, TVectors>(int column, ref T q, int stride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TVectors : struct, ITileSize
    {
        int rows = _rows;
        int tallest = TileShape.HalfTailRows(TVectors.Value, TileShape.Registers(TOps.Count * Unsafe.SizeOf<T>()));
        int row = 0;
        while (row < rows)
        {
            int height = TileShape.NextPairs(rows - row, tallest);
            switch (height)
            {
                case 10:
                    HalfTile<TOps, TVector, Ten, TVectors>(row, column, ref q, stride);
                    break;
                case 9:
                    HalfTile<TOps, TVector, Nine, TVectors>(row, column, ref q, stride);
                    break;
                case 8:
                    HalfTile<TOps, TVector, Eight, TVectors>(row, column, ref q, stride);
                    break;
                case 7:
                    HalfTile<TOps, TVector, Seven, TVectors>(row, column, ref q, stride);
                    break;
                case 6:
                    HalfTile<TOps, TVector, Six, TVectors>(row, column, ref q, stride);
                    break;
                case 5:
                    HalfTile<TOps, TVector, Five, TVectors>(row, column, ref q, stride);
                    break;
                case 4:
                    HalfTile<TOps, TVector, Four, TVectors>(row, column, ref q, stride);
                    break;
                case 3:
                    HalfTile<TOps, TVector, Three, TVectors>(row, column, ref q, stride);
                    break;
                case 2:
                    HalfTile<TOps, TVector, Two, TVectors>(row, column, ref q, stride);
                    break;
                default:
                    HalfTile<TOps, TVector, One, TVectors>(row, column, ref q, stride);
                    break;
            }

            row += height;
        }
    }
}
