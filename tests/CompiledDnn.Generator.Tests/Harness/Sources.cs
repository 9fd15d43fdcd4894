namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>Pieces of users' sources.</summary>
internal static class Sources
{
    /// <summary>Own.Swish{T}, SiLU under another name.</summary>
    public static string Swish { get; } = $"namespace Own\n{{\n{Activation("internal readonly struct Swish<T>")}}}\n";

    /// <summary>The activation z σ(z) with a declaration of one's own.</summary>
    /// <param name="head">The declaration up to the interfaces.</param>
    /// <param name="number">T for a generic struct, else float or double.</param>
    public static string Activation(string head, string number = "T")
    {
        string constraint = number == "T" ? "where T : unmanaged, global::System.Numerics.IBinaryFloatingPointIeee754<T>" : "";
        string where = $"where TOps : struct, global::CompiledDnn.IVectorOps<TVector, {number}> where TVector : struct";
        return $$"""
            /// <summary>z σ(z).</summary>
            {{head}} : global::CompiledDnn.IActivation<{{number}}>, global::CompiledDnn.IDerivativeFromInput<{{number}}> {{constraint}}
            {
                /// <inheritdoc/>
                public static TVector Apply<TOps, TVector>(TVector z) {{where}} => TOps.Multiply(z, TOps.Sigmoid(z));

                /// <inheritdoc/>
                public static TVector DerivativeFromInput<TOps, TVector>(TVector z) {{where}}
                {
                    TVector s = TOps.Sigmoid(z);
                    return TOps.MultiplyAdd(TOps.Multiply(z, s), TOps.Subtract(TOps.One, s), s);
                }
            }

            """;
    }

    /// <summary>The loss |a − y| with a declaration of one's own, generic in T.</summary>
    /// <param name="head">The declaration up to the interfaces.</param>
    public static string Loss(string head)
    {
        const string Where = "where TOps : struct, global::CompiledDnn.IVectorOps<TVector, T> where TVector : struct";
        return $$"""
            /// <summary>|a − y|.</summary>
            {{head}} : global::CompiledDnn.IElementwiseLoss<T> where T : unmanaged, global::System.Numerics.IBinaryFloatingPointIeee754<T>
            {
                /// <inheritdoc/>
                public static bool AveragesOutputs => true;

                /// <inheritdoc/>
                public static TVector Value<TOps, TVector>(TVector a, TVector y) {{Where}} => TOps.Abs(TOps.Subtract(a, y));

                /// <inheritdoc/>
                public static TVector Derivative<TOps, TVector>(TVector a, TVector y) {{Where}} =>
                    TOps.Select(TOps.GreaterThan(a, y), TOps.One, TOps.Negate(TOps.One));
            }

            """;
    }
}
