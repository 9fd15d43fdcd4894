using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>One example's logits as vectors. What lies behind the last of them counts as −∞: no maximum, and an exponential of zero.</summary>
internal static class LogitRow
{
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
        rest >= TOps.Count ? TOps.Load(ref z) : TOps.Add(TOps.KeepFirst(TOps.Load(ref z), rest), outside);

    /// <summary>The greatest logit of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest<TOps, TVector, T>(ref T z, int outputs, TVector outside)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector greatest = Load<TOps, TVector, T>(ref z, outputs, outside);
        for (int column = TOps.Count; column < outputs; column += TOps.Count)
        {
            greatest = TOps.Max(greatest, Load<TOps, TVector, T>(ref Unsafe.Add(ref z, column), outputs - column, outside));
        }

        return TOps.Greatest(greatest);
    }
}
