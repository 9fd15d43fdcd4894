namespace CompiledDnn.Generator.Tests.Diagnostics;

/// <summary>Sources of activations and losses of a user's own.</summary>
internal static class CustomTypes
{
    private const string Vector = "where TOps : struct, IVectorOps<TVector, T> where TVector : struct";

    private const string Apply = $"public static TVector Apply<TOps, TVector>(TVector z) {Vector} => z;\n";
    private const string FromOutput = $"public static TVector DerivativeFromOutput<TOps, TVector>(TVector a) {Vector} => TOps.One;\n";
    private const string FromInput = $"public static TVector DerivativeFromInput<TOps, TVector>(TVector z) {Vector} => TOps.One;\n";

    private const string RowApply =
        "public static void Apply(ReadOnlySpan<T> z, Span<T> a) { }\n" +
        "public static void Backward(ReadOnlySpan<T> a, Span<T> gradient) { }\n";

    private const string Averages = "public static bool AveragesOutputs => true;\n";

    private const string Value =
        Averages +
        $"public static TVector Value<TOps, TVector>(TVector a, TVector y) {Vector} => a;\n" +
        $"public static TVector Derivative<TOps, TVector>(TVector a, TVector y) {Vector} => a;\n";

    private const string FusedValue =
        $"public static TVector ValueFromLogits<TOps, TVector>(TVector z, TVector y) {Vector} => z;\n" +
        $"public static TVector DerivativeFromLogits<TOps, TVector>(TVector z, TVector a, TVector y) {Vector} => z;\n";

    private const string RowValue =
        Averages +
        "public static T Value(ReadOnlySpan<T> a, ReadOnlySpan<T> y) => default!;\n" +
        "public static void Derivative(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<T> da) { }\n";

    private const string LabelValue =
        "public static T ValueFromLabel(ReadOnlySpan<T> z, int label) => default!;\n" +
        "public static void DerivativeFromLabel(ReadOnlySpan<T> z, ReadOnlySpan<T> a, int label, Span<T> dz) { }\n";

    /// <summary>An activation with its derivative from the output.</summary>
    public static string Activation(string head = "public struct Own<T>", string constraints = "where T : unmanaged") =>
        $"{head} : IActivation<T>, IDerivativeFromOutput<T> {constraints}\n{{\n{Apply}{FromOutput}}}\n";

    /// <summary>An activation with its derivative from the input.</summary>
    public static string ActivationFromInput { get; } =
        $"public struct Own<T> : IActivation<T>, IDerivativeFromInput<T> where T : unmanaged\n{{\n{Apply}{FromInput}}}\n";

    /// <summary>An activation with both derivatives.</summary>
    public static string ActivationFromBoth { get; } =
        $"public struct Own<T> : IActivation<T>, IDerivativeFromInput<T>, IDerivativeFromOutput<T> where T : unmanaged\n{{\n{Apply}{FromInput}{FromOutput}}}\n";

    /// <summary>An activation without a derivative.</summary>
    public static string ActivationWithoutDerivative { get; } =
        $"public struct Own<T> : IActivation<T> where T : unmanaged\n{{\n{Apply}}}\n";

    /// <summary>An activation over a row.</summary>
    public static string RowActivation { get; } =
        $"public struct Own<T> : IRowActivation<T> where T : unmanaged\n{{\n{RowApply}}}\n";

    /// <summary>An activation of both kinds.</summary>
    public static string BothActivations { get; } =
        $"public struct Own<T> : IActivation<T>, IDerivativeFromOutput<T>, IRowActivation<T> where T : unmanaged\n{{\n{Apply}{FromOutput}{RowApply}}}\n";

    /// <summary>An activation for one number type, not generic.</summary>
    public static string ClosedActivation(string number) => Activation("public struct Own", "").Replace("<T>", $"<{number}>").Replace(", T>", $", {number}>");

    /// <summary>A loss over single outputs.</summary>
    public static string Loss(string head = "public struct OwnLoss<T>", string constraints = "where T : unmanaged") =>
        $"{head} : IElementwiseLoss<T> {constraints}\n{{\n{Value}}}\n";

    /// <summary>A loss over single outputs with a form of its own for an activation.</summary>
    public static string FusedLoss(string activation, string head = "public struct OwnLoss<T>") =>
        $"{head} : IElementwiseLoss<T>, IFusedLoss<T, {activation}> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>\n{{\n{Value}{FusedValue}}}\n";

    /// <summary>A loss over rows.</summary>
    public static string RowLoss { get; } =
        $"public struct OwnLoss<T> : IRowLoss<T> where T : unmanaged\n{{\n{RowValue}}}\n";

    /// <summary>A loss over rows that takes labels with softmax but has no fused form for it.</summary>
    public static string LabelLossWithoutFusedForm { get; } =
        "public struct OwnLoss<T> : IRowLoss<T>, ILabelLoss<T, Softmax<T>> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>\n" +
        $"{{\n{RowValue}{LabelValue}}}\n";
}
