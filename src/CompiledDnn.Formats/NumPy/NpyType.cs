namespace CompiledDnn;

/// <summary>The type of an array's numbers, as NumPy's <c>descr</c> gives it: <c>&lt;f4</c>.</summary>
/// <param name="Kind">b, i, u or f: bool, signed, unsigned, floating-point.</param>
/// <param name="Size">Bytes of a number.</param>
/// <param name="IsBigEndian">True if the byte of the highest value comes first.</param>
internal readonly record struct NpyType(char Kind, int Size, bool IsBigEndian)
{
    private const string Known = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8";

    /// <summary>As NumPy writes it.</summary>
    public string Text => $"{(Size == 1 ? '|' : IsBigEndian ? '>' : '<')}{Kind}{Size}";

    /// <summary>The type of that text, or null.</summary>
    public static NpyType? Parse(string text)
    {
        if (text is not [('<' or '>' or '|' or '=') and var order, _, _] || !Known.Split(' ').Contains(text[1..]))
        {
            return null;
        }

        int size = text[2] - '0';
        return order == '|' && size > 1 ? null : new NpyType(text[1], size, size > 1 && (order == '>' || (order == '=' && !BitConverter.IsLittleEndian)));
    }

    /// <summary>The type of numbers in memory.</summary>
    /// <exception cref="NotSupportedException">NumPy has no such type.</exception>
    public static NpyType Of<T>()
        where T : unmanaged
    {
        (char kind, int size) = Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Boolean => ('b', 1),
            TypeCode.SByte => ('i', 1),
            TypeCode.Int16 => ('i', 2),
            TypeCode.Int32 => ('i', 4),
            TypeCode.Int64 => ('i', 8),
            TypeCode.Byte => ('u', 1),
            TypeCode.UInt16 => ('u', 2),
            TypeCode.UInt32 => ('u', 4),
            TypeCode.UInt64 => ('u', 8),
            TypeCode.Single => ('f', 4),
            TypeCode.Double => ('f', 8),
            _ when typeof(T) == typeof(Half) => ('f', 2),
            _ => throw new NotSupportedException($"NumPy files hold bool, integers of 8 to 64 bits, Half, float and double, not {typeof(T)}."),
        };
        return new NpyType(kind, size, size > 1 && !BitConverter.IsLittleEndian);
    }
}
