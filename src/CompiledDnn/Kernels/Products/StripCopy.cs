using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Kernels;

/// <summary>
/// A strip of Q, sixteen cache lines wide, in memory of its own: panels of one line of every row, row after row. It is copied line by line as a row
/// has them, which the memory gives at more than twice the rate of two lines of each row, and in as small parts as the caller likes.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TShape">The product's shape.</typeparam>
internal readonly ref struct StripCopy<T, TShape>
    where T : unmanaged
    where TShape : struct, IProductShape
{
    private const int LinesPerRow = 16;

    // Rows between asking for a line and copying it: 64 lines, which cover the way from memory where no cache holds Q. From an L3 cache fewer are
    // enough, twice as many are slower.
    private const int RowsAhead = 4;

    private readonly ref T _q;
    private readonly ref T _panels;
    private readonly int _terms;

    /// <param name="q">Q.</param>
    /// <param name="column">The strip's first column.</param>
    /// <param name="terms">Rows of Q; none for a strip that is not there.</param>
    /// <param name="panels">Memory for it.</param>
    public StripCopy(ref readonly T q, int column, int terms, Span<T> panels)
    {
        _q = ref Unsafe.Add(ref Unsafe.AsRef(in q), column);
        _panels = ref MemoryMarshal.GetReference(panels);
        _terms = terms;
    }

    /// <summary>Numbers in a line.</summary>
    public static int LineNumbers => AlignedBlock<T>.Alignment / Unsafe.SizeOf<T>();

    /// <summary>Columns of a strip.</summary>
    public static int Width => LinesPerRow * LineNumbers;

    /// <summary>From one panel to the next. The line between them keeps the same line of two panels out of the same set of a cache.</summary>
    public int Pitch => (_terms + 1) * LineNumbers;

    /// <summary>The lines of all rows.</summary>
    public int AllLines => _terms * LinesPerRow;

    /// <summary>The numbers that a copy takes.</summary>
    /// <param name="terms">Rows of Q.</param>
    public static int Numbers(int terms) => LinesPerRow * (terms + 1) * LineNumbers;

    /// <summary>The copy of a column's number in the first row; that of the next row comes a line later.</summary>
    /// <param name="column">The column, counted from the strip's first.</param>
    public ref T Place(int column) =>
        ref Unsafe.Add(ref _panels, (column / LineNumbers * Pitch) + (column % LineNumbers));

    /// <summary>Copies one line.</summary>
    /// <param name="line">Which one, in the order of the rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Line<TOps, TVector>(int line)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int row = (int)((uint)line / LinesPerRow);
        int ofRow = (int)((uint)line % LinesPerRow);
        ref T from = ref Unsafe.Add(ref _q, ((nint)row * TShape.QStride) + (ofRow * LineNumbers));
        ref T to = ref Unsafe.Add(ref _panels, (ofRow * Pitch) + (row * LineNumbers));
        Prefetch.Rows<T, One>(ref from, RowsAhead * TShape.QStride);
        for (int i = 0; i < LineNumbers; i += TOps.Count)
        {
            TOps.Store(TOps.Load(ref Unsafe.Add(ref from, i)), ref Unsafe.Add(ref to, i));
        }
    }

    /// <summary>Copies all lines from one on.</summary>
    /// <param name="line">The first to copy, in the order of the rows.</param>
    public void Lines<TOps, TVector>(int line)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (; line < AllLines; line++)
        {
            Line<TOps, TVector>(line);
        }
    }

    /// <summary>Copies the first columns of all rows.</summary>
    /// <param name="columns">How many; the others are left out, they may be beyond the end of the rows.</param>
    public void Part<TOps, TVector>(int columns)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        for (int row = 0; row < _terms; row++)
        {
            for (int line = 0; line * LineNumbers < columns; line++)
            {
                Line<TOps, TVector>((row * LinesPerRow) + line);
            }
        }
    }
}
