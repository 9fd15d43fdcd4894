namespace CompiledDnn.Tests.Kernels;

/// <summary>A number as a type, so that all pairs of sizes are type arguments.</summary>
internal interface ISize
{
    static abstract int Value { get; }
}

/// <summary>The sizes around the widths of all vectors, 2 to 16 numbers, and of pairs of them.</summary>
internal static class Sizes
{
    public static Type[] All { get; } = [.. typeof(Sizes).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(ISize)))];

    /// <summary>The batch sizes around the rows of all tiles.</summary>
    public static int[] Batches { get; } = [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 33];

    public readonly struct N1 : ISize
    {
        public static int Value => 1;
    }

    public readonly struct N2 : ISize
    {
        public static int Value => 2;
    }

    public readonly struct N3 : ISize
    {
        public static int Value => 3;
    }

    public readonly struct N4 : ISize
    {
        public static int Value => 4;
    }

    public readonly struct N5 : ISize
    {
        public static int Value => 5;
    }

    public readonly struct N7 : ISize
    {
        public static int Value => 7;
    }

    public readonly struct N8 : ISize
    {
        public static int Value => 8;
    }

    public readonly struct N9 : ISize
    {
        public static int Value => 9;
    }

    public readonly struct N15 : ISize
    {
        public static int Value => 15;
    }

    public readonly struct N16 : ISize
    {
        public static int Value => 16;
    }

    public readonly struct N17 : ISize
    {
        public static int Value => 17;
    }

    public readonly struct N31 : ISize
    {
        public static int Value => 31;
    }

    public readonly struct N32 : ISize
    {
        public static int Value => 32;
    }

    public readonly struct N33 : ISize
    {
        public static int Value => 33;
    }

    public readonly struct N63 : ISize
    {
        public static int Value => 63;
    }

    public readonly struct N64 : ISize
    {
        public static int Value => 64;
    }

    public readonly struct N65 : ISize
    {
        public static int Value => 65;
    }

    public readonly struct N100 : ISize
    {
        public static int Value => 100;
    }
}
