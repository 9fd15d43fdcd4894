using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// The one check of a kernel: that the memory it was given holds the rows it will touch. Generated code always passes it; it keeps a
/// direct caller from reading or writing outside.
/// </summary>
internal static class KernelGuard
{
    /// <summary>Requires room for so many rows of a stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows(int length, int rows, int stride, string name)
    {
        if ((uint)rows > int.MaxValue || (ulong)length < (ulong)rows * (uint)stride)
        {
            // Thrown here: Native AOT does not see that a method never returns, and keeps registers for what would follow.
            throw TooShort(length, rows, stride, name);
        }
    }

    /// <summary>A label that is a class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Label(int label, int classes)
    {
        if ((uint)label >= (uint)classes)
        {
            throw NoClass(label, classes);
        }

        return label;
    }

    /// <summary>The width of so many dense rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowWidth(int length, int rows, string name) =>
        length == rows && rows > 0 ? 1 : DividedWidth(length, rows, name);

    // Rows of one number, the usual case of labels and of one output, are spared the division.
    private static int DividedWidth(int length, int rows, string name)
    {
        if (rows < 1 || length % rows != 0)
        {
            throw new ArgumentException($"The kernel needs {rows} whole rows in {name}, but the span has {length} numbers.", name);
        }

        return length / rows;
    }

    /// <summary>A count of numbers rounded up to whole cache lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WholeLines<T>(int count)
        where T : unmanaged
    {
        int line = AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();
        return (count + line - 1) / line * line;
    }

    private static ArgumentOutOfRangeException NoClass(int label, int classes) =>
        new(nameof(label), label, $"The kernel needs labels from 0 to {classes - 1}, but one is {label}.");

    private static ArgumentException TooShort(int length, int rows, int stride, string name) =>
        new($"The kernel needs {rows} rows of {stride} numbers in {name}, but the span has {length}.", name);
}
