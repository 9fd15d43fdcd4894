using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Softmax of one row of more than one vector. Its exponentials wait where its outputs go.</summary>
internal static class WideSoftmax<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>a = exp(z − max z) / Σ exp(z − max z), padding zero.</summary>
    /// <param name="z">The logits.</param>
    /// <param name="a">Takes the outputs; may be the same memory.</param>
    /// <param name="outside">See <see cref="LogitRow.Outside"/>.</param>
    /// <param name="greatest">max z.</param>
    /// <param name="total">Σ exp(z − max z).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

        // The last logits, which do not fill a vector.
        TVector last = TOps.Zero;
        if (whole < TLayer.Outputs)
        {
            TVector logits = LogitRow.Load<TOps, TVector, T>(ref Unsafe.Add(ref z, whole), TLayer.Outputs % TOps.Count, outside);
            last = TOps.Exp(TOps.Subtract(logits, shift));
            sum = TOps.Add(sum, last);
        }

        total = TOps.Sum(sum);
        TVector divisor = TOps.Broadcast(total);
        for (int column = 0; column < whole; column += TOps.Count)
        {
            ref T output = ref Unsafe.Add(ref a, column);
            TOps.Store(TOps.Divide(TOps.Load(ref output), divisor), ref output);
        }

        if (whole < TLayer.Outputs)
        {
            TOps.Store(TOps.KeepFirst(TOps.Divide(last, divisor), TLayer.Outputs % TOps.Count), ref Unsafe.Add(ref a, whole));
        }
    }
}
