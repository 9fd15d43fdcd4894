namespace CompiledDnn.Kernels;

/// <summary>A small number as a type, so that a tile's rows and vectors are constants to the JIT.</summary>
internal interface ITileSize
{
    static abstract int Value { get; }
}

internal readonly struct One : ITileSize
{
    public static int Value => 1;
}

internal readonly struct Two : ITileSize
{
    public static int Value => 2;
}

internal readonly struct Three : ITileSize
{
    public static int Value => 3;
}

internal readonly struct Four : ITileSize
{
    public static int Value => 4;
}

internal readonly struct Five : ITileSize
{
    public static int Value => 5;
}

internal readonly struct Six : ITileSize
{
    public static int Value => 6;
}

internal readonly struct Seven : ITileSize
{
    public static int Value => 7;
}

internal readonly struct Eight : ITileSize
{
    public static int Value => 8;
}

internal readonly struct Nine : ITileSize
{
    public static int Value => 9;
}

internal readonly struct Ten : ITileSize
{
    public static int Value => 10;
}

internal readonly struct Eleven : ITileSize
{
    public static int Value => 11;
}

internal readonly struct Twelve : ITileSize
{
    public static int Value => 12;
}

internal readonly struct Thirteen : ITileSize
{
    public static int Value => 13;
}

internal readonly struct Fourteen : ITileSize
{
    public static int Value => 14;
}

internal readonly struct Fifteen : ITileSize
{
    public static int Value => 15;
}

internal readonly struct Sixteen : ITileSize
{
    public static int Value => 16;
}
