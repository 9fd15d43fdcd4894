namespace CompiledDnn;

/// <summary>The number types of ONNX's tensors that are known here, by the numbers that the format gives them.</summary>
internal static class OnnxElementType
{
    /// <summary>IEEE 754 single precision.</summary>
    public const int Float = 1;

    /// <summary>32-bit integers.</summary>
    public const int Int32 = 6;

    /// <summary>64-bit integers, in which ONNX writes shapes.</summary>
    public const int Int64 = 7;

    /// <summary>True or false, a byte each.</summary>
    public const int Bool = 9;

    /// <summary>IEEE 754 half precision.</summary>
    public const int Float16 = 10;

    /// <summary>IEEE 754 double precision.</summary>
    public const int Double = 11;

    /// <summary>The type of a network's numbers.</summary>
    /// <exception cref="NotSupportedException">T is neither <see cref="float"/> nor <see cref="double"/>.</exception>
    public static int Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Float
        : typeof(T) == typeof(double) ? Double
        : throw new NotSupportedException($"A network's parameters are float or double, not {typeof(T)}.");

    /// <summary>Bytes of one number, or 0 if the type is not known here.</summary>
    public static int SizeOf(int type) => type switch
    {
        Float or Int32 => 4,
        Int64 or Double => 8,
        Float16 => 2,
        Bool => 1,
        _ => 0,
    };

    /// <summary>True for the types that weights can have.</summary>
    public static bool IsForWeights(int type) => type is Float or Float16 or Double;

    /// <summary>The type's name in messages.</summary>
    public static string NameOf(int type)
    {
        ReadOnlySpan<string> names =
        [
            "UNDEFINED", "FLOAT", "UINT8", "INT8", "UINT16", "INT16", "INT32", "INT64", "STRING", "BOOL", "FLOAT16", "DOUBLE", "UINT32",
            "UINT64", "COMPLEX64", "COMPLEX128", "BFLOAT16",
        ];
        return (uint)type < (uint)names.Length ? names[type] : $"number {type}";
    }
}
