using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <content>
/// A tile of rows in pairs: each row has vectors of sums of its own and half of one that it shares with its neighbour. Its end is written
/// out vector by vector, for one more method between would be more than the compiler inlines.
/// </content>
internal readonly ref partial struct BroadcastProduct<T, TShape, TEpilogue>
{
    // cR0 to cR2 are the sums of row R in whole vectors, h0 to h4 those of two rows' halves. An odd row at the end has a vector to itself.
    [MethodImpl(KernelMethod.Alone)]
    private void HalfTile<TOps, TVector, TRows, TVectors>(int row, int column, ref T q, int stride)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        int terms = _terms;
        int half = (TVectors.Value - 1) * TOps.Count, cStride = TShape.CStride;
        ref T p = ref Unsafe.Add(ref Unsafe.AsRef(in _p), (nint)row * TShape.PRowStride);
        PrefetchOld<TRows, TVectors>(row, column);
        TVector c00 = Start<TOps, TVector>(column);
        TVector c01 = TVectors.Value > 2 ? Start<TOps, TVector>(column + (1 * TOps.Count)) : c00;
        TVector c02 = TVectors.Value > 3 ? Start<TOps, TVector>(column + (2 * TOps.Count)) : c00;
        TVector c10 = c00, c11 = c01, c12 = c02;
        TVector c20 = c00, c21 = c01, c22 = c02;
        TVector c30 = c00, c31 = c01, c32 = c02;
        TVector c40 = c00, c41 = c01, c42 = c02;
        TVector c50 = c00, c51 = c01, c52 = c02;
        TVector c60 = c00, c61 = c01;
        TVector c70 = c00, c71 = c01;
        TVector c80 = c00, c90 = c00;
        TVector h0 = TEpilogue.HasBias ? HalfVectors.LoadTwice<TVector, T>(ref Unsafe.Add(ref Unsafe.AsRef(in _bias), column + half)) : TOps.Zero;
        TVector h1 = h0, h2 = h0, h3 = h0, h4 = h0;
        int qStride = TShape.QStride;
        for (int k = 0; k < terms; k++)
        {
            if (HasFarRows && stride == qStride)
            {
                Prefetch.Rows<T, TVectors>(ref q, TermsAhead * qStride);
            }

            TVector q0 = TOps.Load(ref q);
            TVector q1 = TVectors.Value > 2 ? TOps.Load(ref Unsafe.Add(ref q, TOps.Count)) : q0;
            TVector q2 = TVectors.Value > 3 ? TOps.Load(ref Unsafe.Add(ref q, 2 * TOps.Count)) : q0;
            TVector qHalf = HalfVectors.LoadTwice<TVector, T>(ref Unsafe.Add(ref q, half));
            TVector low = TOps.Broadcast(p), high = low;
            c00 = TOps.MultiplyAdd(low, q0, c00);
            c01 = TVectors.Value > 2 ? TOps.MultiplyAdd(low, q1, c01) : c01;
            c02 = TVectors.Value > 3 ? TOps.MultiplyAdd(low, q2, c02) : c02;
            if (TRows.Value > 1)
            {
                high = TOps.Broadcast(Unsafe.Add(ref p, TShape.PRowStride));
                c10 = TOps.MultiplyAdd(high, q0, c10);
                c11 = TVectors.Value > 2 ? TOps.MultiplyAdd(high, q1, c11) : c11;
                c12 = TVectors.Value > 3 ? TOps.MultiplyAdd(high, q2, c12) : c12;
            }

            h0 = TOps.MultiplyAdd(TRows.Value > 1 ? HalfVectors.Pair<TVector, T>(low, high) : low, qHalf, h0);

            if (TRows.Value > 2)
            {
                low = high = TOps.Broadcast(Unsafe.Add(ref p, 2 * TShape.PRowStride));
                c20 = TOps.MultiplyAdd(low, q0, c20);
                c21 = TVectors.Value > 2 ? TOps.MultiplyAdd(low, q1, c21) : c21;
                c22 = TVectors.Value > 3 ? TOps.MultiplyAdd(low, q2, c22) : c22;
                if (TRows.Value > 3)
                {
                    high = TOps.Broadcast(Unsafe.Add(ref p, 3 * TShape.PRowStride));
                    c30 = TOps.MultiplyAdd(high, q0, c30);
                    c31 = TVectors.Value > 2 ? TOps.MultiplyAdd(high, q1, c31) : c31;
                    c32 = TVectors.Value > 3 ? TOps.MultiplyAdd(high, q2, c32) : c32;
                }

                h1 = TOps.MultiplyAdd(TRows.Value > 3 ? HalfVectors.Pair<TVector, T>(low, high) : low, qHalf, h1);
            }

            if (TRows.Value > 4)
            {
                low = high = TOps.Broadcast(Unsafe.Add(ref p, 4 * TShape.PRowStride));
                c40 = TOps.MultiplyAdd(low, q0, c40);
                c41 = TVectors.Value > 2 ? TOps.MultiplyAdd(low, q1, c41) : c41;
                c42 = TVectors.Value > 3 ? TOps.MultiplyAdd(low, q2, c42) : c42;
                if (TRows.Value > 5)
                {
                    high = TOps.Broadcast(Unsafe.Add(ref p, 5 * TShape.PRowStride));
                    c50 = TOps.MultiplyAdd(high, q0, c50);
                    c51 = TVectors.Value > 2 ? TOps.MultiplyAdd(high, q1, c51) : c51;
                    c52 = TVectors.Value > 3 ? TOps.MultiplyAdd(high, q2, c52) : c52;
                }

                h2 = TOps.MultiplyAdd(TRows.Value > 5 ? HalfVectors.Pair<TVector, T>(low, high) : low, qHalf, h2);
            }

            if (TRows.Value > 6)
            {
                low = high = TOps.Broadcast(Unsafe.Add(ref p, 6 * TShape.PRowStride));
                c60 = TOps.MultiplyAdd(low, q0, c60);
                c61 = TVectors.Value > 2 ? TOps.MultiplyAdd(low, q1, c61) : c61;
                if (TRows.Value > 7)
                {
                    high = TOps.Broadcast(Unsafe.Add(ref p, 7 * TShape.PRowStride));
                    c70 = TOps.MultiplyAdd(high, q0, c70);
                    c71 = TVectors.Value > 2 ? TOps.MultiplyAdd(high, q1, c71) : c71;
                }

                h3 = TOps.MultiplyAdd(TRows.Value > 7 ? HalfVectors.Pair<TVector, T>(low, high) : low, qHalf, h3);
            }

            if (TRows.Value > 8)
            {
                low = high = TOps.Broadcast(Unsafe.Add(ref p, 8 * TShape.PRowStride));
                c80 = TOps.MultiplyAdd(low, q0, c80);
                if (TRows.Value > 9)
                {
                    high = TOps.Broadcast(Unsafe.Add(ref p, 9 * TShape.PRowStride));
                    c90 = TOps.MultiplyAdd(high, q0, c90);
                }

                h4 = TOps.MultiplyAdd(TRows.Value > 9 ? HalfVectors.Pair<TVector, T>(low, high) : low, qHalf, h4);
            }

            p = ref Unsafe.Add(ref p, TShape.PTermStride);
            q = ref Unsafe.Add(ref q, HasFarRows ? stride : qStride);
        }

        nint at = ((nint)row * TShape.CStride) + column;
        ref T c = ref Unsafe.Add(ref _c, at);
        ref T other = ref Beside(in _other, at);
        ref T sums = ref Beside(in _sums, at);
        TVector scale = TOps.Broadcast(_scale);
        Finish<TOps, TVector>(0, ref c, ref other, ref sums, scale, c00, isRest: false);
        if (TVectors.Value > 2)
        {
            Finish<TOps, TVector>(TOps.Count, ref c, ref other, ref sums, scale, c01, isRest: false);
        }

        if (TVectors.Value > 3)
        {
            Finish<TOps, TVector>(2 * TOps.Count, ref c, ref other, ref sums, scale, c02, isRest: false);
        }

        Finish<TOps, TVector>(half, ref c, ref other, ref sums, scale, HalfVectors.Low<TVector, T>(h0), isRest: true);

        if (TRows.Value > 1)
        {
            Finish<TOps, TVector>(cStride, ref c, ref other, ref sums, scale, c10, isRest: false);
            if (TVectors.Value > 2)
            {
                Finish<TOps, TVector>(cStride + TOps.Count, ref c, ref other, ref sums, scale, c11, isRest: false);
            }

            if (TVectors.Value > 3)
            {
                Finish<TOps, TVector>(cStride + (2 * TOps.Count), ref c, ref other, ref sums, scale, c12, isRest: false);
            }

            Finish<TOps, TVector>(cStride + half, ref c, ref other, ref sums, scale, HalfVectors.High<TVector, T>(h0), isRest: true);
        }

        if (TRows.Value > 2)
        {
            Finish<TOps, TVector>(2 * cStride, ref c, ref other, ref sums, scale, c20, isRest: false);
            if (TVectors.Value > 2)
            {
                Finish<TOps, TVector>((2 * cStride) + TOps.Count, ref c, ref other, ref sums, scale, c21, isRest: false);
            }

            if (TVectors.Value > 3)
            {
                Finish<TOps, TVector>((2 * cStride) + (2 * TOps.Count), ref c, ref other, ref sums, scale, c22, isRest: false);
            }

            Finish<TOps, TVector>((2 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.Low<TVector, T>(h1), isRest: true);
        }

        if (TRows.Value > 3)
        {
            Finish<TOps, TVector>(3 * cStride, ref c, ref other, ref sums, scale, c30, isRest: false);
            if (TVectors.Value > 2)
            {
                Finish<TOps, TVector>((3 * cStride) + TOps.Count, ref c, ref other, ref sums, scale, c31, isRest: false);
            }

            if (TVectors.Value > 3)
            {
                Finish<TOps, TVector>((3 * cStride) + (2 * TOps.Count), ref c, ref other, ref sums, scale, c32, isRest: false);
            }

            Finish<TOps, TVector>((3 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.High<TVector, T>(h1), isRest: true);
        }

        if (TRows.Value > 4)
        {
            Finish<TOps, TVector>(4 * cStride, ref c, ref other, ref sums, scale, c40, isRest: false);
            if (TVectors.Value > 2)
            {
                Finish<TOps, TVector>((4 * cStride) + TOps.Count, ref c, ref other, ref sums, scale, c41, isRest: false);
            }

            if (TVectors.Value > 3)
            {
                Finish<TOps, TVector>((4 * cStride) + (2 * TOps.Count), ref c, ref other, ref sums, scale, c42, isRest: false);
            }

            Finish<TOps, TVector>((4 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.Low<TVector, T>(h2), isRest: true);
        }

        if (TRows.Value > 5)
        {
            Finish<TOps, TVector>(5 * cStride, ref c, ref other, ref sums, scale, c50, isRest: false);
            if (TVectors.Value > 2)
            {
                Finish<TOps, TVector>((5 * cStride) + TOps.Count, ref c, ref other, ref sums, scale, c51, isRest: false);
            }

            if (TVectors.Value > 3)
            {
                Finish<TOps, TVector>((5 * cStride) + (2 * TOps.Count), ref c, ref other, ref sums, scale, c52, isRest: false);
            }

            Finish<TOps, TVector>((5 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.High<TVector, T>(h2), isRest: true);
        }

        if (TRows.Value > 6)
        {
            Finish<TOps, TVector>(6 * cStride, ref c, ref other, ref sums, scale, c60, isRest: false);
            if (TVectors.Value > 2)
            {
                Finish<TOps, TVector>((6 * cStride) + TOps.Count, ref c, ref other, ref sums, scale, c61, isRest: false);
            }

            Finish<TOps, TVector>((6 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.Low<TVector, T>(h3), isRest: true);
        }

        if (TRows.Value > 7)
        {
            Finish<TOps, TVector>(7 * cStride, ref c, ref other, ref sums, scale, c70, isRest: false);
            if (TVectors.Value > 2)
            {
                Finish<TOps, TVector>((7 * cStride) + TOps.Count, ref c, ref other, ref sums, scale, c71, isRest: false);
            }

            Finish<TOps, TVector>((7 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.High<TVector, T>(h3), isRest: true);
        }

        if (TRows.Value > 8)
        {
            Finish<TOps, TVector>(8 * cStride, ref c, ref other, ref sums, scale, c80, isRest: false);
            Finish<TOps, TVector>((8 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.Low<TVector, T>(h4), isRest: true);
        }

        if (TRows.Value > 9)
        {
            Finish<TOps, TVector>(9 * cStride, ref c, ref other, ref sums, scale, c90, isRest: false);
            Finish<TOps, TVector>((9 * cStride) + half, ref c, ref other, ref sums, scale, HalfVectors.High<TVector, T>(h4), isRest: true);
        }
    }
}
