namespace CompiledDnn;

/// <summary>A number type that a safetensors file can hold.</summary>
/// <remarks>
/// No record, as no other type that reading weights needs: what the compiler adds to one stays in every native program.
/// </remarks>
/// <param name="name">Its name in the file.</param>
/// <param name="bits">Bits of one number.</param>
internal sealed class SafetensorsDType(string name, int bits)
{
    // In the format's own order, by which tensors are sorted in a file: the widest come first there, the last of this list.
    private static readonly SafetensorsDType[] All =
    [
        new("BOOL", 8), new("F4", 4), new("F6_E2M3", 6), new("F6_E3M2", 6), new("U8", 8), new("I8", 8), new("F8_E5M2", 8),
        new("F8_E4M3", 8), new("F8_E8M0", 8), new("F8_E4M3FNUZ", 8), new("F8_E5M2FNUZ", 8), new("I16", 16), new("U16", 16),
        new("F16", 16), new("BF16", 16), new("I32", 32), new("U32", 32), new("F32", 32), new("C64", 64), new("F64", 64),
        new("I64", 64), new("U64", 64),
    ];

    /// <summary>Its name in the file.</summary>
    public string Name { get; } = name;

    /// <summary>Bits of one number.</summary>
    public int Bits { get; } = bits;

    /// <summary>IEEE 754 single precision.</summary>
    public static SafetensorsDType F32 { get; } = Find("F32")!;

    /// <summary>IEEE 754 double precision.</summary>
    public static SafetensorsDType F64 { get; } = Find("F64")!;

    /// <summary>IEEE 754 half precision.</summary>
    public static SafetensorsDType F16 { get; } = Find("F16")!;

    /// <summary>The upper half of a single-precision number.</summary>
    public static SafetensorsDType BF16 { get; } = Find("BF16")!;

    /// <summary>What a network's numbers are read from and written as; null for any other type.</summary>
    public NumberType? Number => Name switch
    {
        "F64" => NumberType.F64,
        "F32" => NumberType.F32,
        "F16" => NumberType.F16,
        "BF16" => NumberType.BF16,
        _ => null,
    };

    /// <summary>The place in the format's own order.</summary>
    public int Order => Array.IndexOf(All, this);

    /// <summary>The type of that name, or null.</summary>
    public static SafetensorsDType? Find(string name) => Array.Find(All, type => type.Name == name);

    /// <summary>The type of that number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static SafetensorsDType Of(NumberType type) => type switch
    {
        NumberType.F64 => F64,
        NumberType.F32 => F32,
        NumberType.F16 => F16,
        NumberType.BF16 => BF16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A network is saved as F64, F32, F16 or BF16."),
    };

    /// <summary>The type of a network's numbers.</summary>
    /// <exception cref="NotSupportedException">T is neither <see cref="float"/> nor <see cref="double"/>.</exception>
    public static SafetensorsDType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? F32
        : typeof(T) == typeof(double) ? F64
        : throw new NotSupportedException($"A network's parameters are float or double, not {typeof(T)}.");
}
