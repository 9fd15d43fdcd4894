using System.Buffers.Binary;
using System.Text;

namespace CompiledDnn.Tests;

/// <summary>
/// Writes an HDF5 file in the form of version 1.6, which h5py writes by default and the course's files have: superblock 0, a root
/// group with one B-tree node, data sets that lie in one piece. After the HDF5 File Format Specification, version 3.0.
/// </summary>
internal sealed class OldHdf5
{
    private const int RootHeader = 96;
    private const int Tree = 136;
    private const int Heap = 680;
    private const int HeapData = Heap + 32;
    private const int HeapLength = 88;
    private const int Symbols = HeapData + HeapLength;
    private const int SymbolsLength = 8 + (8 * 40);
    private const ulong Undefined = ulong.MaxValue;

    private readonly MemoryStream _file = new();
    private readonly SortedDictionary<string, (byte[] Type, int[] Dimensions, byte[] Data)> _sets = new(StringComparer.Ordinal);

    public OldHdf5 Bytes(string name, int[] dimensions, byte[] data) => Add(name, FixedPoint(1, isSigned: false), dimensions, data);

    public OldHdf5 Longs(string name, int[] dimensions, long[] data)
    {
        var bytes = new byte[8 * data.Length];
        for (int i = 0; i < data.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), data[i]);
        }

        return Add(name, FixedPoint(8, isSigned: true), dimensions, bytes);
    }

    public OldHdf5 Strings(string name, int length, params string[] texts)
    {
        byte[] data = [.. texts.SelectMany(text => Encoding.ASCII.GetBytes(text.PadRight(length, '\0')))];

        // Class 3, padded with zeros, ASCII.
        return Add(name, [0x13, 1, 0, 0, (byte)length, 0, 0, 0], [texts.Length], data);
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToArray()
    {
        byte[] heap = HeapWithNames(out Dictionary<string, int> names);
        int at = Symbols + SymbolsLength;
        var headers = new Dictionary<string, int>();
        foreach ((string name, var set) in _sets)
        {
            headers[name] = at;
            at += 16 + Messages(set, 0).Length;
        }

        var addresses = new Dictionary<string, int>();
        foreach ((string name, var set) in _sets)
        {
            addresses[name] = at;
            at += set.Data.Length;
        }

        WriteSuperblock(at);
        WriteRoot(_sets.Count == 0 ? 0 : names[_sets.Keys.Last()]);
        Put("HEAP"u8, HeapLength, 1, HeapData);
        _file.Write(heap);
        WriteSymbols(names, headers);
        foreach ((string name, var set) in _sets)
        {
            WriteHeader(Messages(set, addresses[name]), 5);
        }

        foreach (var set in _sets.Values)
        {
            _file.Write(set.Data);
        }

        return _file.ToArray();
    }

    private OldHdf5 Add(string name, byte[] type, int[] dimensions, byte[] data)
    {
        _sets.Add(name, (type, dimensions, data));
        return this;
    }

    private void WriteSuperblock(int end)
    {
        _file.Write([0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0]);
        Put(default, 0, Undefined, (ulong)end, Undefined);

        // The root group's symbol table entry repeats where its tree and its heap are.
        Put(default, 0, RootHeader, 1, Tree, Heap);
    }

    private void WriteRoot(int lastName)
    {
        Span<byte> table = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(table, Tree);
        BinaryPrimitives.WriteUInt64LittleEndian(table[8..], Heap);
        WriteHeader(Message(0x11, table), 1);
        Put([.. "TREE"u8, 0, 0, 1, 0], Undefined, Undefined, 0, Symbols, (ulong)lastName);
        Pad(Heap);
    }

    private void WriteSymbols(Dictionary<string, int> names, Dictionary<string, int> headers)
    {
        _file.Write([.. "SNOD"u8, 1, 0, (byte)_sets.Count, 0]);
        foreach (string name in _sets.Keys)
        {
            Put(default, (ulong)names[name], (ulong)headers[name], 0, 0, 0);
        }

        Pad(Symbols + SymbolsLength);
    }

    private void WriteHeader(byte[] messages, byte count)
    {
        _file.Write([1, 0, count, 0, 1, 0, 0, 0, (byte)messages.Length, (byte)(messages.Length >> 8), 0, 0, 0, 0, 0, 0]);
        _file.Write(messages);
    }

    private byte[] HeapWithNames(out Dictionary<string, int> names)
    {
        var heap = new byte[HeapLength];
        names = [];
        int at = 8;
        foreach (string name in _sets.Keys)
        {
            names[name] = at;
            Encoding.ASCII.GetBytes(name, heap.AsSpan(at));
            at += (name.Length + 8) / 8 * 8;
        }

        return heap;
    }

    // Size of the elements, then bit offset 0 and the precision in bits.
    private static byte[] FixedPoint(byte size, bool isSigned) =>
        [0x10, isSigned ? (byte)8 : (byte)0, 0, 0, size, 0, 0, 0, 0, 0, (byte)(8 * size), 0];

    private static byte[] Messages((byte[] Type, int[] Dimensions, byte[] Data) set, int address)
    {
        // Present and largest dimensions are the same.
        byte[] dimensions = [.. set.Dimensions.SelectMany(dimension => BitConverter.GetBytes((long)dimension))];
        byte[] space = [1, (byte)set.Dimensions.Length, 1, 0, 0, 0, 0, 0, .. dimensions, .. dimensions];
        byte[] layout = [3, 1, .. BitConverter.GetBytes((long)address), .. BitConverter.GetBytes((long)set.Data.Length)];
        return
        [
            .. Message(1, space),
            .. Message(3, set.Type),
            .. Message(5, [2, 2, 2, 1, 0, 0, 0, 0]),
            .. Message(8, layout),
            .. Message(0x12, [1, 0, 0, 0, 0, 0, 0, 0]),
        ];
    }

    private static byte[] Message(byte type, ReadOnlySpan<byte> body)
    {
        int length = (body.Length + 7) / 8 * 8;
        return [type, 0, (byte)length, 0, 0, 0, 0, 0, .. body, .. new byte[length - body.Length]];
    }

    private void Put(ReadOnlySpan<byte> start, params ReadOnlySpan<ulong> numbers)
    {
        _file.Write(start);
        Pad((int)(_file.Length + 7) / 8 * 8);
        Span<byte> bytes = stackalloc byte[8];
        foreach (ulong number in numbers)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
            _file.Write(bytes);
        }
    }

    private void Pad(int length) => _file.Write(new byte[length - _file.Length]);
}
