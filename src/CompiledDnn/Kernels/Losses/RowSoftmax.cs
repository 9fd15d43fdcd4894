using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Softmax of one row: of more classes than go in columns, or of an example that has too few beside it.</summary>
/// <remarks>Its exponentials wait where its outputs go. Where examples go in columns, they are added up in the same order: the same bits.</remarks>
internal static class RowSoftmax<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>a = exp(z − max z) / Σ exp(z − max z), padding zero.</summary>
    /// <param name="z">The logits.</param>
    /// <param name="a">Takes the outputs; may be the same memory.</param>
    /// <param name="outside">See <see cref="LogitRow.Outside"/>.</param>
    /// <param name="greatest">max z.</param>
    /// <param name="total">Σ exp(z − max z).</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Run<TOps, TVector>(ref T z, ref T a, TVector outside, out T greatest, out T total)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        greatest = LogitRow.Greatest<TOps, TVector, T>(ref z, TLayer.Outputs, outside);
        TVector shift = TOps.Broadcast(greatest);
        TVector sum = TOps.Zero;
        int whole = TLayer.Outputs / TOps.Count * TOps.Count;
        for (int column = 0; column < whole; column += TOps.Count)
        {
            TVector shifted = TOps.Exp(TOps.Subtract(TOps.Load(ref Unsafe.Add(ref z, column)), shift));
            TOps.Store(shifted, ref Unsafe.Add(ref a, column));
            sum = TOps.Add(sum, shifted);
        }

        if (whole < TLayer.Outputs)
        {
            TVector logits = TOps.Load(ref Unsafe.Add(ref z, whole));
            TVector last = LogitRow.Exponentials<TOps, TVector, T>(logits, shift, TLayer.Outputs % TOps.Count);
            TOps.Store(last, ref Unsafe.Add(ref a, whole));
            sum = TOps.Add(sum, last);
        }

        total = LogitColumns<T, TLayer>.Fits ? LogitColumns<T, TLayer>.SumInOrder(in a) : TOps.Sum(sum);
        TVector reciprocal = TOps.Divide(TOps.One, TOps.Broadcast(total));
        for (int column = 0; column < whole; column += TOps.Count)
        {
            ref T output = ref Unsafe.Add(ref a, column);
            TOps.Store(TOps.Multiply(TOps.Load(ref output), reciprocal), ref output);
        }

        if (whole < TLayer.Outputs)
        {
            ref T last = ref Unsafe.Add(ref a, whole);
            TOps.Store(TOps.KeepFirst(TOps.Multiply(TOps.Load(ref last), reciprocal), TLayer.Outputs % TOps.Count), ref last);
        }
    }
}
