using CompiledDnn.Onnx;

namespace CompiledDnn;

/// <summary>A node of a graph with the values that it takes.</summary>
/// <param name="Proto">The node as it is in the file.</param>
/// <param name="Inputs">Its inputs; null for one that is left out.</param>
/// <param name="File">The file's name for messages.</param>
internal sealed record OnnxNode(NodeProto Proto, OnnxValue?[] Inputs, string File)
{
    /// <summary>The operator's name.</summary>
    public string Operator => Proto.OpType;

    /// <summary>The node in messages: <c>Gemm node '/0/Gemm'</c>.</summary>
    public string Text => NameOf(Proto);

    /// <summary>A node in messages.</summary>
    public static string NameOf(NodeProto node)
    {
        string name = node.Name.Length > 0 ? $"'{node.Name}'" : node.Output.Count > 0 ? $"that makes '{node.Output[0]}'" : "without a name";
        return $"{node.OpType} node {name}";
    }

    /// <summary>What is wrong with the node.</summary>
    /// <param name="reason">A clause about the node: "has ...", "is ...".</param>
    public NetworkFileException Bad(string reason) => new(File, $"the {Text} {reason}.");

    /// <summary>The rows that are input <paramref name="index"/>.</summary>
    public OnnxRows Rows(int index) => Input(index) as OnnxRows
        ?? throw Bad($"takes a constant as input {index + 1}, where the network's values were expected");

    /// <summary>The constant that is input <paramref name="index"/>.</summary>
    public OnnxTensor Constant(int index) => Input(index) is OnnxConstant constant
        ? constant.Tensor
        : throw Bad($"takes a value that changes as input {index + 1}, where a constant was expected");

    /// <summary>True if input <paramref name="index"/> is there.</summary>
    public bool Has(int index) => index < Inputs.Length && Inputs[index] is not null;

    /// <summary>Fails unless the node has between so many inputs.</summary>
    public void CheckInputs(int fewest, int most)
    {
        if (Inputs.Length < fewest || Inputs.Length > most)
        {
            throw Bad($"has {Inputs.Length} inputs; expected {(fewest == most ? $"{fewest}" : $"{fewest} to {most}")}");
        }
    }

    /// <summary>An attribute that is an integer.</summary>
    public long Integer(string name, long missing) => Find(name) is { } attribute
        ? Typed(attribute, AttributeProto.Types.AttributeType.Int).I
        : missing;

    /// <summary>An attribute that is a number.</summary>
    public float Number(string name, float missing) => Find(name) is { } attribute
        ? Typed(attribute, AttributeProto.Types.AttributeType.Float).F
        : missing;

    /// <summary>An attribute that is a short text.</summary>
    public string Word(string name, string missing) => Find(name) is { } attribute
        ? Typed(attribute, AttributeProto.Types.AttributeType.String).S.ToStringUtf8()
        : missing;

    /// <summary>Fails if the node has an attribute of another name.</summary>
    public void CheckAttributes(params ReadOnlySpan<string> known)
    {
        foreach (AttributeProto attribute in Proto.Attribute)
        {
            if (!known.Contains(attribute.Name))
            {
                throw Bad($"has the attribute '{attribute.Name}', which is not read");
            }
        }
    }

    private OnnxValue Input(int index) => Has(index) ? Inputs[index]! : throw Bad($"has no input {index + 1}");

    private AttributeProto? Find(string name) => Proto.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    private AttributeProto Typed(AttributeProto attribute, AttributeProto.Types.AttributeType type) => attribute.Type == type
        ? attribute
        : throw Bad($"has the attribute '{attribute.Name}' of the type {attribute.Type}; expected {type}");
}
