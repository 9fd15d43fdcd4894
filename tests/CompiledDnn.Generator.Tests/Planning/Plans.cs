using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Tests.Planning;

/// <summary>Plans of bare sizes.</summary>
internal static class Plans
{
    public const int Float = 4;
    public const int Double = 8;

    /// <summary>The plan of a network of floats, none of whose layers keeps Z.</summary>
    public static NetworkPlan OfFloat(params int[] sizes) => Of(Float, sizes);

    /// <summary>The plan of a network of doubles, none of whose layers keeps Z.</summary>
    public static NetworkPlan OfDouble(params int[] sizes) => Of(Double, sizes);

    /// <summary>The plan of a network none of whose layers keeps Z.</summary>
    public static NetworkPlan Of(int elementSize, params int[] sizes) =>
        NetworkPlanner.Plan(sizes, new bool[sizes.Length - 1], elementSize);
}
