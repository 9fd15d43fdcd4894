namespace CompiledDnn.Benchmarks;

/// <summary>Which operand of a product is stored the other way round.</summary>
internal enum Transposed
{
    None,
    Left,
    Right,
}

/// <summary>A matrix product C = A B or C += A B of row-major matrices, its shape given once.</summary>
/// <param name="M">Rows of C.</param>
/// <param name="N">Columns of C.</param>
/// <param name="K">The length that is summed over.</param>
/// <param name="Transposed">A is stored as K × M, or B as N × K.</param>
/// <param name="StrideA">From a stored row of A to the next.</param>
/// <param name="StrideB">From a stored row of B to the next.</param>
/// <param name="StrideC">From a row of C to the next.</param>
/// <param name="Adds">True for C +=.</param>
internal readonly record struct ProductShape(int M, int N, int K, Transposed Transposed, int StrideA, int StrideB, int StrideC, bool Adds)
{
    /// <summary>C = A B, all dense.</summary>
    public static ProductShape Dense(int m, int n, int k, bool transposeB) =>
        new(m, n, k, transposeB ? Transposed.Right : Transposed.None, k, transposeB ? k : n, n, Adds: false);
}

/// <summary>A library's matrix product, made ready once for one shape and run many times by one thread.</summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
internal unsafe interface IProduct<TSelf>
    where TSelf : struct, IProduct<TSelf>
{
    /// <summary>The library's name.</summary>
    static abstract string Library { get; }

    /// <summary>Makes the product ready.</summary>
    static abstract TSelf Create(ProductShape shape);

    /// <summary>Runs it.</summary>
    void Run(float* a, float* b, float* c);
}
