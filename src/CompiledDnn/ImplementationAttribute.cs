namespace CompiledDnn;

/// <summary>
/// Names the type that implements a member of <see cref="Activation"/> or <see cref="Loss"/>. The generator holds no list of
/// its own: it reads this attribute and then treats the type exactly as one that a user names.
/// </summary>
/// <param name="type">An open generic struct, <c>typeof(ReLU&lt;&gt;)</c>.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ImplementationAttribute(Type type) : Attribute
{
    /// <summary>The open generic struct that implements the member.</summary>
    public Type Type { get; } = type;
}
