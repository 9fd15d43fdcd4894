using System.Numerics;

namespace CompiledDnn;

/// <summary>The examples of several sources, one source after the other, without a copy.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class ConcatenatedSource<T> : IRandomAccessSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IRandomAccessSource<T>[] _parts;

    // Where each part ends.
    private readonly long[] _ends;

    public ConcatenatedSource(IRandomAccessSource<T>[] parts)
    {
        _parts = parts;
        _ends = new long[parts.Length];
        long end = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            _ends[i] = end = checked(end + parts[i].Count);
        }
    }

    public int InputSize => _parts[0].InputSize;

    public int TargetSize => _parts[0].TargetSize;

    public bool HasWeights => _parts[0].HasWeights;

    public long Count => _ends[^1];

    public void CopyExamples(ReadOnlySpan<long> examples, BatchBuffer<T> batch)
    {
        Span<long> own = stackalloc long[128];
        for (int at = 0; at < examples.Length;)
        {
            // Neighbours that come from the same part are read together.
            int part = PartOf(examples[at]);
            long start = part == 0 ? 0 : _ends[part - 1];
            int count = 0;
            for (; count < own.Length && at < examples.Length && examples[at] >= start && examples[at] < _ends[part]; at++)
            {
                own[count++] = examples[at] - start;
            }

            _parts[part].CopyExamples(own[..count], batch);
        }
    }

    public override string ToString() => string.Join(" + ", _parts.AsEnumerable());

    private int PartOf(long example)
    {
        if ((ulong)example >= (ulong)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(example), example, $"{this} has {Count} examples, counted from 0; there is no example {example}.");
        }

        int found = Array.BinarySearch(_ends, example + 1);
        if (found < 0)
        {
            return ~found;
        }

        // Parts without examples end where the part before ends, and any of them may have been found.
        while (found > 0 && _ends[found - 1] == _ends[found])
        {
            found--;
        }

        return found;
    }
}
