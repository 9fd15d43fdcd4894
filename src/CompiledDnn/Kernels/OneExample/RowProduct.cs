using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>a = g(b + Σk x[k] W[k, :]) for one row of inputs: lanes run across outputs, each input is broadcast.</summary>
/// <remarks>
/// With one row there is nothing to share a vector of W with, so a tile has vectors of outputs on one side and consecutive inputs
/// on the other: up to eight vectors, so that rows of W are read in order; where there are fewer, two or four inputs at a time, each
/// with sums of its own, because a sum that waits for the last one leaves the multiply-add units idle. c, d, e and f are the sums of
/// the first to the fourth input of a group.
/// </remarks>
internal static class RowProduct<T, TLayer, TActivation, TOps, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
    where TActivation : struct, IActivation<T>
    where TOps : struct, IVectorOps<TVector, T>
    where TVector : struct
{
    // Rows between asking for the first lines of a row of W and using them; the others follow by themselves.
    private const int RowsAhead = 8;

    // Weights that an L1 cache holds need not be asked for; of so many that they share an L2 cache with little else, some come from further.
    private const int LeastBytes = 32 * 1024;
    private const int MostBytes = 512 * 1024;

    private static int Vectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TLayer.Outputs + TOps.Count - 1) / TOps.Count;
    }

    private static int Bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Inputs * TLayer.WeightStride * Unsafe.SizeOf<T>();
    }

    // A long function is applied in registers only where there is one vector of sums; its code would be repeated for each.
    private static bool ActivatesSums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TActivation.IsCheap || Vectors == 1;
    }

    /// <summary>True if a row of outputs fits a vector.</summary>
    public static bool IsOneVector
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vectors == 1;
    }

    /// <summary>A row of outputs that fits a vector, inlined into the method of the whole network.</summary>
    /// <param name="x">The row of inputs.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OneVector(ref readonly T x, ref readonly T w, ref readonly T b) =>
        TActivation.Apply<TOps, TVector>(Sum(in x, in w, in b));

    /// <summary>The same for a row of inputs that is in a register.</summary>
    /// <param name="x">The inputs; lanes beyond them are not looked at.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OneVector(TVector x, ref readonly T w, ref readonly T b) =>
        TActivation.Apply<TOps, TVector>(RegisterProduct<T, TLayer, TOps, TVector>.Sum(x, in w, in b));

    /// <summary>One row of outputs.</summary>
    /// <param name="x">The row of inputs.</param>
    /// <param name="w">W, a row for each input.</param>
    /// <param name="b">b.</param>
    /// <param name="a">The row of outputs; overwritten as far as whole vectors reach.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ref readonly T x, ref readonly T w, ref readonly T b, ref T a)
    {
        int vector = 0;
        for (int panels = (Vectors + 7) / 8; panels > 0; panels--)
        {
            int width = (Vectors - vector + panels - 1) / panels;
            Panel(width, in x, in w, in b, ref a, vector * TOps.Count);
            vector += width;
        }

        if (!ActivatesSums)
        {
            Activate(ref a);
        }
    }

    // One vector of outputs, inlined into the method of the whole network.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum(ref readonly T x, ref readonly T w, ref readonly T b)
    {
        ref T input = ref Unsafe.AsRef(in x);
        ref T row = ref Unsafe.AsRef(in w);
        TVector c = TOps.Load(in b), d = TOps.Zero, e = TOps.Zero, f = TOps.Zero;
        for (int k = 0; k < TLayer.Inputs / 4; k++)
        {
            c = Add(ref input, 0, ref row, c);
            d = Add(ref input, 1, ref row, d);
            e = Add(ref input, 2, ref row, e);
            f = Add(ref input, 3, ref row, f);
            input = ref Unsafe.Add(ref input, 4);
            row = ref Unsafe.Add(ref row, 4 * TLayer.WeightStride);
        }

        if (TLayer.Inputs % 4 > 0)
        {
            c = Add(ref input, 0, ref row, c);
        }

        if (TLayer.Inputs % 4 > 1)
        {
            d = Add(ref input, 1, ref row, d);
        }

        if (TLayer.Inputs % 4 > 2)
        {
            e = Add(ref input, 2, ref row, e);
        }

        return TLayer.Inputs > 2 ? TOps.Add(TOps.Add(c, d), TOps.Add(e, f)) : TOps.Add(c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(ref T input, int term, ref T row, TVector sum) =>
        TOps.MultiplyAdd(
            TOps.Broadcast(Unsafe.Add(ref input, term)), TOps.Load(ref Unsafe.Add(ref row, term * TLayer.WeightStride)), sum);

    [MethodImpl(KernelMethod.Alone)]
    private static void Activate(ref T a)
    {
        for (int column = 0; column < TLayer.Outputs; column += TOps.Count)
        {
            ref T at = ref Unsafe.Add(ref a, column);
            TOps.Store(TActivation.Apply<TOps, TVector>(TOps.Load(ref at)), ref at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Panel(int width, ref readonly T x, ref readonly T w, ref readonly T b, ref T a, int column)
    {
        if (width == 1)
        {
            Tile<Four, One>(in x, in w, in b, ref a, column);
        }
        else if (width == 2)
        {
            Tile<Four, Two>(in x, in w, in b, ref a, column);
        }
        else if (width == 3)
        {
            Tile<Two, Three>(in x, in w, in b, ref a, column);
        }
        else if (width == 4)
        {
            Tile<Two, Four>(in x, in w, in b, ref a, column);
        }
        else if (width == 5)
        {
            Tile<One, Five>(in x, in w, in b, ref a, column);
        }
        else if (width == 6)
        {
            Tile<One, Six>(in x, in w, in b, ref a, column);
        }
        else if (width == 7)
        {
            Tile<One, Seven>(in x, in w, in b, ref a, column);
        }
        else
        {
            Tile<One, Eight>(in x, in w, in b, ref a, column);
        }
    }

    [MethodImpl(KernelMethod.Alone)]
    private static void Tile<TTerms, TVectors>(ref readonly T x, ref readonly T w, ref readonly T b, ref T a, int column)
        where TTerms : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        ref T input = ref Unsafe.AsRef(in x);
        ref T q = ref Unsafe.Add(ref Unsafe.AsRef(in w), column);
        ref T bias = ref Unsafe.Add(ref Unsafe.AsRef(in b), column);
        TVector c0 = TOps.Load(ref bias);
        TVector c1 = TVectors.Value > 1 ? TOps.Load(ref Unsafe.Add(ref bias, TOps.Count)) : c0;
        TVector c2 = TVectors.Value > 2 ? TOps.Load(ref Unsafe.Add(ref bias, 2 * TOps.Count)) : c0;
        TVector c3 = TVectors.Value > 3 ? TOps.Load(ref Unsafe.Add(ref bias, 3 * TOps.Count)) : c0;
        TVector c4 = TVectors.Value > 4 ? TOps.Load(ref Unsafe.Add(ref bias, 4 * TOps.Count)) : c0;
        TVector c5 = TVectors.Value > 5 ? TOps.Load(ref Unsafe.Add(ref bias, 5 * TOps.Count)) : c0;
        TVector c6 = TVectors.Value > 6 ? TOps.Load(ref Unsafe.Add(ref bias, 6 * TOps.Count)) : c0;
        TVector c7 = TVectors.Value > 7 ? TOps.Load(ref Unsafe.Add(ref bias, 7 * TOps.Count)) : c0;
        TVector d0 = TOps.Zero, d1 = TOps.Zero, d2 = TOps.Zero, d3 = TOps.Zero;
        TVector e0 = TOps.Zero, e1 = TOps.Zero;
        TVector f0 = TOps.Zero, f1 = TOps.Zero;
        for (int k = 0; k < TLayer.Inputs / TTerms.Value; k++)
        {
            if (Vectors == 8 && TVectors.Value == 8 && Bytes > LeastBytes && Bytes <= MostBytes)
            {
                Prefetch.Rows<T, Four>(ref q, RowsAhead * TLayer.WeightStride);
            }

            TVector broadcast = TOps.Broadcast(input);
            c0 = Add(broadcast, ref q, 0, 0, c0);
            c1 = TVectors.Value > 1 ? Add(broadcast, ref q, 0, 1, c1) : c1;
            c2 = TVectors.Value > 2 ? Add(broadcast, ref q, 0, 2, c2) : c2;
            c3 = TVectors.Value > 3 ? Add(broadcast, ref q, 0, 3, c3) : c3;
            c4 = TVectors.Value > 4 ? Add(broadcast, ref q, 0, 4, c4) : c4;
            c5 = TVectors.Value > 5 ? Add(broadcast, ref q, 0, 5, c5) : c5;
            c6 = TVectors.Value > 6 ? Add(broadcast, ref q, 0, 6, c6) : c6;
            c7 = TVectors.Value > 7 ? Add(broadcast, ref q, 0, 7, c7) : c7;
            if (TTerms.Value > 1)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref input, 1));
                d0 = Add(broadcast, ref q, 1, 0, d0);
                d1 = TVectors.Value > 1 ? Add(broadcast, ref q, 1, 1, d1) : d1;
                d2 = TVectors.Value > 2 ? Add(broadcast, ref q, 1, 2, d2) : d2;
                d3 = TVectors.Value > 3 ? Add(broadcast, ref q, 1, 3, d3) : d3;
            }

            if (TTerms.Value > 2)
            {
                broadcast = TOps.Broadcast(Unsafe.Add(ref input, 2));
                e0 = Add(broadcast, ref q, 2, 0, e0);
                e1 = TVectors.Value > 1 ? Add(broadcast, ref q, 2, 1, e1) : e1;
                broadcast = TOps.Broadcast(Unsafe.Add(ref input, 3));
                f0 = Add(broadcast, ref q, 3, 0, f0);
                f1 = TVectors.Value > 1 ? Add(broadcast, ref q, 3, 1, f1) : f1;
            }

            input = ref Unsafe.Add(ref input, TTerms.Value);
            q = ref Unsafe.Add(ref q, TTerms.Value * TLayer.WeightStride);
        }

        // Fewer inputs than a group has.
        if (TTerms.Value > 1)
        {
            for (int k = 0; k < TLayer.Inputs % TTerms.Value; k++)
            {
                TVector broadcast = TOps.Broadcast(Unsafe.Add(ref input, k));
                c0 = Add(broadcast, ref q, 0, 0, c0);
                c1 = TVectors.Value > 1 ? Add(broadcast, ref q, 0, 1, c1) : c1;
                c2 = TVectors.Value > 2 ? Add(broadcast, ref q, 0, 2, c2) : c2;
                c3 = TVectors.Value > 3 ? Add(broadcast, ref q, 0, 3, c3) : c3;
                q = ref Unsafe.Add(ref q, TLayer.WeightStride);
            }

            c0 = TOps.Add(c0, d0);
            c1 = TVectors.Value > 1 ? TOps.Add(c1, d1) : c1;
            c2 = TVectors.Value > 2 ? TOps.Add(c2, d2) : c2;
            c3 = TVectors.Value > 3 ? TOps.Add(c3, d3) : c3;
        }

        if (TTerms.Value > 2)
        {
            c0 = TOps.Add(c0, TOps.Add(e0, f0));
            c1 = TVectors.Value > 1 ? TOps.Add(c1, TOps.Add(e1, f1)) : c1;
        }

        Store<One, TVectors>(c0, ref a, column);
        Store<Two, TVectors>(c1, ref a, column);
        Store<Three, TVectors>(c2, ref a, column);
        Store<Four, TVectors>(c3, ref a, column);
        Store<Five, TVectors>(c4, ref a, column);
        Store<Six, TVectors>(c5, ref a, column);
        Store<Seven, TVectors>(c6, ref a, column);
        Store<Eight, TVectors>(c7, ref a, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(TVector broadcast, ref T rows, int row, int vector, TVector sum) =>
        TOps.MultiplyAdd(broadcast, TOps.Load(ref Unsafe.Add(ref rows, (row * TLayer.WeightStride) + (vector * TOps.Count))), sum);

    // One vector of a tile by its number, if the tile has so many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TNumber, TVectors>(TVector sum, ref T a, int column)
        where TNumber : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        if (TVectors.Value < TNumber.Value)
        {
            return;
        }

        int at = column + ((TNumber.Value - 1) * TOps.Count);
        TOps.Store(ActivatesSums ? TActivation.Apply<TOps, TVector>(sum) : sum, ref Unsafe.Add(ref a, at));
    }
}
