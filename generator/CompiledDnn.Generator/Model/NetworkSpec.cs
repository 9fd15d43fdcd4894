namespace CompiledDnn.Generator.Model;

/// <summary>What a user asked for with [Network] and [Layer]: plain values that compare by value.</summary>
/// <param name="Type">The class and what it is nested in.</param>
/// <param name="IsDouble">True for double precision.</param>
/// <param name="Sizes">Inputs, then the outputs of every layer. With a <paramref name="Failure"/> they may be anything.</param>
/// <param name="SizesAreRight">False if they are what is wrong.</param>
/// <param name="Layers">One per layer. Empty with a <paramref name="Failure"/>.</param>
/// <param name="Loss">The loss; null with a <paramref name="Failure"/>.</param>
/// <param name="Failure">
/// Null if the values are right. Otherwise what is wrong with them, beginning with the diagnostic's id: the whole public surface is
/// emitted with bodies that throw it.
/// </param>
internal sealed record NetworkSpec(
    TypeSpec Type,
    bool IsDouble,
    EquatableArray<int> Sizes,
    bool SizesAreRight,
    EquatableArray<LayerSpec> Layers,
    LossSpec? Loss,
    string? Failure);

/// <summary>The annotated class.</summary>
/// <param name="Namespace">Its namespace with keywords escaped, or an empty string.</param>
/// <param name="Outer">The types it is nested in, outermost first.</param>
/// <param name="Name">Its name in code, with @ where it is a keyword.</param>
/// <param name="DisplayName">Its name as people say it, without @.</param>
/// <param name="IsSealed">True if it is declared sealed.</param>
/// <param name="IsPublic">True if it and all types around it are public.</param>
/// <param name="HintName">The emitted file's name, unique in the compilation, ending in .g.cs.</param>
internal sealed record TypeSpec(
    string Namespace,
    EquatableArray<OuterTypeSpec> Outer,
    string Name,
    string DisplayName,
    bool IsSealed,
    bool IsPublic,
    string HintName);

/// <summary>A type around the annotated class.</summary>
/// <param name="Keyword">class, struct, record, record struct or interface.</param>
/// <param name="Name">Its name in code, with @ where it is a keyword.</param>
internal sealed record OuterTypeSpec(string Keyword, string Name);

/// <summary>A layer: Z = W A + b, A = g(Z).</summary>
/// <param name="Inputs">n[l−1].</param>
/// <param name="Outputs">n[l].</param>
/// <param name="Activation">g.</param>
/// <param name="Dropout">The probability with which training drops each output; 0 for none.</param>
internal sealed record LayerSpec(int Inputs, int Outputs, ActivationSpec Activation, double Dropout);

/// <summary>An activation, built-in and custom alike.</summary>
/// <param name="Name">The type's simple name, such as ReLU.</param>
/// <param name="Type">The type in code.</param>
/// <param name="IsRow">True if it works on all outputs of an example at once (IRowActivation).</param>
/// <param name="DerivativeFromOutput">True if its derivative follows from its output, so that Z need not be kept.</param>
/// <param name="Initializer">The member of DefaultInitializer that fits.</param>
/// <param name="Onnx">The activation as operators of ONNX, or null.</param>
/// <param name="NegativeSlope">Given in an attribute for this layer, or null for the default.</param>
/// <param name="Alpha">Given in an attribute for this layer, or null for the default.</param>
internal sealed record ActivationSpec(
    string Name,
    ImplementationSpec Type,
    bool IsRow,
    bool DerivativeFromOutput,
    string Initializer,
    string? Onnx,
    double? NegativeSlope,
    double? Alpha);

/// <summary>A loss, built-in and custom alike.</summary>
/// <param name="Name">The type's simple name, such as Huber.</param>
/// <param name="Type">The type in code.</param>
/// <param name="IsRow">True if it works on all outputs of an example at once (IRowLoss).</param>
/// <param name="IsFused">True if it has a form of its own for the output activation (IFusedLoss, IFusedRowLoss).</param>
/// <param name="TakesLabels">True if it takes class labels with the output activation (ILabelLoss).</param>
/// <param name="OutputsPerTarget">How many outputs describe one target.</param>
/// <param name="Task">The member of NetworkTask that its requirement on the outputs means.</param>
/// <param name="HuberDelta">Given in the attribute, or null for the default.</param>
internal sealed record LossSpec(
    string Name,
    ImplementationSpec Type,
    bool IsRow,
    bool IsFused,
    bool TakesLabels,
    int OutputsPerTarget,
    string Task,
    double? HuberDelta);

/// <summary>A struct that implements an activation or a loss.</summary>
/// <param name="OpenName">Its full name from global:: on, without type arguments; those of a type around it are written out.</param>
/// <param name="Arity">0 if it is closed already, 1 if it takes the number, 2 if it takes the number and the options.</param>
internal sealed record ImplementationSpec(string OpenName, int Arity)
{
    /// <summary>The type in code, closed with the number and, where it takes them, the options.</summary>
    public string Close(string number, string options) => Arity switch
    {
        0 => OpenName,
        1 => $"{OpenName}<{number}>",
        _ => $"{OpenName}<{number}, {options}>",
    };
}
