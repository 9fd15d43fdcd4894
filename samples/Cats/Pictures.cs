using System.Numerics;

namespace Samples.Cats;

/// <summary>Pictures and what they show.</summary>
/// <param name="Pixels">One picture after the other, each 64 rows of 64 pixels of red, green and blue.</param>
/// <param name="Labels">For each picture 1 if it is a cat, otherwise 0.</param>
internal sealed record Pictures(byte[] Pixels, byte[] Labels)
{
    /// <summary>Pixels along each side.</summary>
    public const int Side = 64;

    /// <summary>Numbers in one picture: the network's inputs.</summary>
    public const int Size = Side * Side * 3;

    public int Count => Labels.Length;

    public int CatCount => Labels.Count(label => label == 1);

    /// <summary>X of the notebook, one picture a row, every number from 0 to 1.</summary>
    public T[] Inputs<T>()
        where T : INumberBase<T>
    {
        T white = T.CreateChecked(255);
        return Array.ConvertAll(Pixels, pixel => T.CreateChecked(pixel) / white);
    }

    /// <summary>Y of the notebook.</summary>
    public T[] Targets<T>()
        where T : INumberBase<T> =>
        Array.ConvertAll(Labels, T.CreateChecked);
}

/// <summary>Pictures to train on, and others to test on.</summary>
internal sealed record CatData(Pictures Train, Pictures Test);
