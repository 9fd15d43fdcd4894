using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>The logits of a block of examples turned on their side: column j has logit j of each example, and lanes run across examples.</summary>
/// <remarks>
/// A row of ten classes leaves six of sixteen lanes empty, or fills one vector of eight and a quarter of the next, and its maximum and its sum go
/// over lanes. Columns are full, and both are operations of whole vectors. Maxima, exponentials and outputs are passes over the block, because
/// vector by vector each would wait for the last. Exponentials of an example are added up from the first class to the last, whichever
/// block it falls into and however wide the vectors are.
/// </remarks>
internal static class LogitColumns<T, TLayer>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLayer : struct, IDenseLayer
{
    /// <summary>Fewer examples than this are done row by row.</summary>
    public const int FewestExamples = 4;

    /// <summary>Numbers that the columns of a block take, with those behind the last class that whole squares have.</summary>
    public const int Length = 1024;

    // More classes fill their vectors well enough, and their columns would take too much of the stack.
    private const int MostOutputs = 64;

    /// <summary>True if the layer's exponentials are added up from the first class to the last, in columns or one by one.</summary>
    public static bool Fits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Square.IsAccelerated && TLayer.Outputs <= MostOutputs;
    }

    /// <summary>Examples of a block at most: whole vectors and whole squares of every width.</summary>
    public static int Examples
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLayer.Outputs <= 16 ? 64 : TLayer.Outputs <= 32 ? 32 : 16;
    }

    /// <summary>z in columns, and max z of each example.</summary>
    /// <param name="z">Rows of logits.</param>
    /// <param name="rows">How many: 1 to <see cref="Examples"/>.</param>
    /// <param name="columns">Room for <see cref="Length"/> numbers; overwritten.</param>
    /// <param name="greatest">Takes max z of each example; room for <see cref="Examples"/>.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Read<TOps, TVector>(ref T z, int rows, ref T columns, ref T greatest)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        LogitTransposition<T, TLayer>.Read<TVector>(ref z, rows, ref columns, Examples);
        for (int example = 0; example < rows; example += TOps.Count)
        {
            TOps.Store(Greatest<TOps, TVector>(ref Unsafe.Add(ref columns, example)), ref Unsafe.Add(ref greatest, example));
        }
    }

    /// <summary>exp(z − max z) in the place of z.</summary>
    /// <param name="columns">z in columns; overwritten.</param>
    /// <param name="rows">How many examples.</param>
    /// <param name="greatest">max z of each example.</param>
    /// <param name="sums">Takes Σ exp(z − max z) of each; room for <see cref="Examples"/>.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Exponentials<TOps, TVector>(ref T columns, int rows, ref T greatest, ref T sums)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int example = 0; example < rows; example += TOps.Count)
        {
            ref T first = ref Unsafe.Add(ref columns, example);
            TVector shift = TOps.Load(ref Unsafe.Add(ref greatest, example)), sum = TOps.Zero;
            for (int column = 0; column < TLayer.Outputs; column++)
            {
                ref T at = ref Unsafe.Add(ref first, column * Examples);
                TVector exponential = TOps.Exp(TOps.Subtract(TOps.Load(ref at), shift));
                TOps.Store(exponential, ref at);
                sum = TOps.Add(sum, exponential);
            }

            TOps.Store(sum, ref Unsafe.Add(ref sums, example));
        }
    }

    /// <summary>A: the exponentials divided by their sums, as rows.</summary>
    /// <param name="columns">What <see cref="Exponentials"/> left; overwritten.</param>
    /// <param name="sums">Their sums.</param>
    /// <param name="a">Takes the rows; their padding is zero, or left as it is.</param>
    /// <param name="rows">How many.</param>
    [MethodImpl(KernelMethod.Alone)]
    public static void Outputs<TOps, TVector>(ref T columns, ref T sums, ref T a, int rows)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int example = 0; example < rows; example += TOps.Count)
        {
            TVector reciprocal = TOps.Divide(TOps.One, TOps.Load(ref Unsafe.Add(ref sums, example)));
            for (int column = 0; column < TLayer.Outputs; column++)
            {
                ref T at = ref Unsafe.Add(ref columns, (column * Examples) + example);
                TOps.Store(TOps.Multiply(TOps.Load(ref at), reciprocal), ref at);
            }
        }

        LogitTransposition<T, TLayer>.Write<TVector>(ref columns, Examples, ref a, rows);
    }

    /// <summary>The sum of a row's numbers from the first class to the last: the order of the columns, for an example by itself.</summary>
    /// <param name="row">The row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumInOrder(ref readonly T row)
    {
        T sum = T.Zero;
        for (int column = 0; column < TLayer.Outputs; column++)
        {
            sum += Unsafe.Add(ref Unsafe.AsRef(in row), column);
        }

        return sum;
    }

    // In two runs, so that a comparison need not wait for the last one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Greatest<TOps, TVector>(ref T first)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        TVector even = TOps.Load(ref first), odd = even;
        for (int column = 1; column < TLayer.Outputs; column += 2)
        {
            odd = LogitRow.Larger<TOps, TVector, T>(TOps.Load(ref Unsafe.Add(ref first, column * Examples)), odd);
            int next = Math.Min(column + 1, TLayer.Outputs - 1);
            even = LogitRow.Larger<TOps, TVector, T>(TOps.Load(ref Unsafe.Add(ref first, next * Examples)), even);
        }

        return LogitRow.Larger<TOps, TVector, T>(even, odd);
    }
}
