using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>One example's logits as vectors. What lies behind the last of them counts as −∞: no maximum, and an exponential of zero.</summary>
internal static class LogitRow
{
    // exp(±40) and quotients of two such are normal numbers in float.
    private const int GreatestUnshifted = 40;

    /// <summary>True if m rows of the layer can be read and written as whole vectors: padded, and the last one's padding there too.</summary>
    public static bool AreWhole<TLayer>(int length, int m)
        where TLayer : struct, IDenseLayer => TLayer.RowStride > 1 && length >= (long)m * TLayer.RowStride;

    /// <summary>What is added to the last vector of a row of <paramref name="outputs"/> logits: 0, and −∞ behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Outside<TOps, TVector, T>(int outputs)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        int rest = outputs % TOps.Count;
        TVector inside = TOps.GreaterThan(TOps.KeepFirst(TOps.One, rest == 0 ? TOps.Count : rest), TOps.Zero);
        return TOps.Select(inside, TOps.Zero, TOps.Constant(double.NegativeInfinity));
    }

    /// <summary>A vector of a row.</summary>
    /// <param name="z">Where it begins; a whole vector may be read.</param>
    /// <param name="rest">Logits from there to the row's end.</param>
    /// <param name="outside">See <see cref="Outside"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TOps, TVector, T>(ref T z, int rest, TVector outside)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged =>
        Keep<TOps, TVector, T>(TOps.Load(ref z), rest, outside);

    /// <summary>A vector of a row that is in a register.</summary>
    /// <param name="z">The vector; lanes beyond the row may hold anything.</param>
    /// <param name="rest">Logits from its first to the row's end.</param>
    /// <param name="outside">See <see cref="Outside"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Keep<TOps, TVector, T>(TVector z, int rest, TVector outside)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged =>
        rest >= TOps.Count ? z : TOps.Add(TOps.KeepFirst(z, rest), outside);

    /// <summary>exp(z − shift) of a vector of a row, and zero behind the row's end.</summary>
    /// <remarks>
    /// Not exp(−∞) there: a result that is too small for a normal number costs some processors two hundred cycles, even if it becomes zero.
    /// </remarks>
    /// <param name="logits">The vector; lanes beyond the row may hold anything.</param>
    /// <param name="shift">What is taken off each.</param>
    /// <param name="rest">Logits from its first to the row's end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exponentials<TOps, TVector, T>(TVector logits, TVector shift, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector shifted = Inside<TOps, TVector, T>(TOps.Subtract(logits, shift), rest);
        return Inside<TOps, TVector, T>(TOps.Exp(shifted), rest);
    }

    /// <summary>The probabilities of a row of one vector.</summary>
    /// <remarks>
    /// Logits near zero are not shifted by their maximum: neither their exponentials nor the sum of these leave the range of normal numbers,
    /// and nothing has to wait until the maximum is known. A row with a NaN ends as NaN either way.
    /// </remarks>
    /// <param name="z">The logits; lanes behind them may hold anything.</param>
    /// <param name="outputs">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softmax<TOps, TVector, T>(TVector z, int outputs)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TVector logits = Inside<TOps, TVector, T>(z, outputs);
        if (TOps.Greatest(TOps.Abs(logits)) > T.CreateTruncating(GreatestUnshifted))
        {
            TVector greatest = TOps.Broadcast(TOps.Greatest(Keep<TOps, TVector, T>(z, outputs, Outside<TOps, TVector, T>(outputs))));
            logits = Inside<TOps, TVector, T>(TOps.Subtract(logits, greatest), outputs);
        }

        TVector exponentials = Inside<TOps, TVector, T>(TOps.Exp(logits), outputs);
        return TOps.Multiply(exponentials, TOps.Broadcast(T.One / TOps.Sum(exponentials)));
    }

    /// <summary>Puts one in the last vector of numbers of some examples, before they are written, if they do not fill it.</summary>
    /// <remarks>
    /// What lies there may be too small for a normal number, and a logarithm or a product of such takes some processors two hundred cycles.
    /// </remarks>
    /// <param name="numbers">The first example's number; there is room for whole vectors.</param>
    /// <param name="rows">How many examples.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FillRest<TOps, TVector, T>(ref T numbers, int rows)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (rows % TOps.Count > 0)
        {
            TOps.Store(TOps.One, ref Unsafe.Add(ref numbers, rows / TOps.Count * TOps.Count));
        }
    }

    /// <summary>The greatest logit of a row; any number if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest<TOps, TVector, T>(ref T z, int outputs, TVector outside)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (outputs <= TOps.Count)
        {
            return TOps.Greatest(Load<TOps, TVector, T>(ref z, outputs, outside));
        }

        TVector greatest = TOps.Load(ref z);
        int column = TOps.Count;
        int whole = outputs / TOps.Count * TOps.Count;
        if (whole >= 5 * TOps.Count)
        {
            // Four at a time, so that a comparison need not wait for the last one.
            TVector second = greatest, third = greatest, fourth = greatest;
            for (; column + (4 * TOps.Count) <= whole; column += 4 * TOps.Count)
            {
                greatest = Larger<TOps, TVector, T>(TOps.Load(ref Unsafe.Add(ref z, column)), greatest);
                second = Larger<TOps, TVector, T>(TOps.Load(ref Unsafe.Add(ref z, column + TOps.Count)), second);
                third = Larger<TOps, TVector, T>(TOps.Load(ref Unsafe.Add(ref z, column + (2 * TOps.Count))), third);
                fourth = Larger<TOps, TVector, T>(TOps.Load(ref Unsafe.Add(ref z, column + (3 * TOps.Count))), fourth);
            }

            greatest = Larger<TOps, TVector, T>(Larger<TOps, TVector, T>(greatest, second), Larger<TOps, TVector, T>(third, fourth));
        }

        for (; column < whole; column += TOps.Count)
        {
            greatest = Larger<TOps, TVector, T>(TOps.Load(ref Unsafe.Add(ref z, column)), greatest);
        }

        return TOps.Greatest(
            whole == outputs
                ? greatest
                : Larger<TOps, TVector, T>(Load<TOps, TVector, T>(ref Unsafe.Add(ref z, whole), outputs % TOps.Count, outside), greatest));
    }

    /// <summary>The larger; either if one is NaN.</summary>
    /// <remarks>Not Max: a row with a NaN ends as NaN whatever its maximum, and what makes Max give it takes three times as long.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Larger<TOps, TVector, T>(TVector x, TVector y)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged => TOps.Select(TOps.GreaterThan(x, y), x, y);

    // Zero behind the row's end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Inside<TOps, TVector, T>(TVector x, int rest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged => rest >= TOps.Count ? x : TOps.KeepFirst(x, rest);
}
