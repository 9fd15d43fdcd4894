using CompiledDnn.Onnx;

namespace CompiledDnn;

/// <summary>Finds a dense network in a model: goes through its nodes in their order and keeps what each value is.</summary>
internal sealed class OnnxGraphReader
{
    private const int OldestOperatorSet = 7;
    private const int NewestOperatorSet = 27;

    // Folding makes new weights. A few times for each layer is what models need; a made-up one could ask for millions.
    private const long FoldedForEachByte = 16;

    private readonly string _file;
    private readonly IReadOnlySet<string> _activationOperators;
    private readonly Dictionary<string, OnnxValue> _values = [];
    private readonly int _fileLength;
    private bool _isDouble;
    private long _folded;

    private OnnxGraphReader(string file, int fileLength, IReadOnlySet<string> activationOperators)
    {
        _file = file;
        _fileLength = fileLength;
        _activationOperators = activationOperators;
    }

    /// <summary>The dense network that a model is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="activationOperators">Operators that activations may use beside the usual ones.</param>
    /// <exception cref="NetworkFileException">The model is something else.</exception>
    public static OnnxNetwork Read(ModelProto model, string file, IReadOnlySet<string> activationOperators)
    {
        if (model.Graph is not { } graph)
        {
            throw new NetworkFileException(file, "the file is no ONNX model: it has no graph.");
        }

        CheckOperatorSet(model, file);
        var reader = new OnnxGraphReader(file, model.CalculateSize(), activationOperators);
        reader.AddConstants(graph);
        reader.AddInput(graph);
        foreach (NodeProto node in graph.Node)
        {
            reader.AddNode(node);
        }

        return reader.Result(graph);
    }

    private static void CheckOperatorSet(ModelProto model, string file)
    {
        OperatorSetIdProto? set = model.OpsetImport.FirstOrDefault(static set => IsStandard(set.Domain));
        if (set?.Version is not (>= OldestOperatorSet and <= NewestOperatorSet))
        {
            throw new NetworkFileException(
                file,
                set is null
                    ? "the model does not say which operators of ONNX it uses; it is damaged or no ONNX model."
                    : $"the model uses operator set {set.Version}; {OldestOperatorSet} to {NewestOperatorSet} are read. Export it again with another one, such as 17.");
        }
    }

    private static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    private void AddConstants(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            Define(tensor.Name, Constant(OnnxTensor.Read(tensor, tensor.Name, _file)), "the constants");
        }
    }

    private void AddInput(GraphProto graph)
    {
        // Old models list constants as inputs with a default, too.
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !_values.ContainsKey(input.Name))];
        if (inputs is not [var input])
        {
            throw new NetworkFileException(_file, $"the model has {inputs.Length} inputs; a dense network has one, [batch, features].");
        }

        var dimensions = input.Type?.TensorType?.Shape?.Dim;
        long width = dimensions is null ? -1 : dimensions.Skip(1).Aggregate(1L, static (product, dimension) => Product(product, dimension.DimValue));
        if (width > _fileLength)
        {
            throw new NetworkFileException(_file, $"the model would have {width} inputs, but the file is too short for as many weights.");
        }

        var stage = new OnnxStage(input.Name, null, width is > 0 and <= int.MaxValue ? (int)width : -1, [], [], HasBias: false);
        Define(input.Name, new OnnxRows(stage, OnnxExpression.Variable, null, null, IsMatrix: dimensions is null or { Count: 2 }), "the inputs");
    }

    // −1 as soon as one length is unknown or too large.
    private static long Product(long product, long length) => product > 0 && length is > 0 and < int.MaxValue && product < int.MaxValue ? product * length : -1;

    private void AddNode(NodeProto proto)
    {
        if (!IsStandard(proto.Domain))
        {
            throw new NetworkFileException(
                _file, $"the {OnnxNode.NameOf(proto)} is an operator of '{proto.Domain}', not of ONNX; only dense networks of ONNX's own operators are read.");
        }

        OnnxValue?[] inputs = [.. proto.Input.Select(name => name.Length == 0 ? null : Find(name, $"the {OnnxNode.NameOf(proto)}"))];
        var node = new OnnxNode(proto, inputs, _file);
        OnnxValue value = OnnxOperators.Apply(node, _activationOperators);
        if (proto.Output.Count == 0)
        {
            throw node.Bad("has no output");
        }

        _folded += NumbersOf(value, inputs);
        if (_folded > FoldedForEachByte * _fileLength)
        {
            throw node.Bad("folds scales into weights once more than any model of dense layers does");
        }

        Define(proto.Output[0], value is OnnxConstant constant ? Constant(constant.Tensor) : value, $"the {node.Text}");
    }

    // What a value keeps of its own; the rest it shares with what it was made from.
    private static long NumbersOf(OnnxValue value, OnnxValue?[] inputs)
    {
        if (value is not OnnxRows rows)
        {
            return ((OnnxConstant)value).Tensor.Numbers.Length;
        }

        bool sharesStage = inputs.Any(input => input is OnnxRows other && ReferenceEquals(other.Stage, rows.Stage));
        return (sharesStage ? 0 : rows.Stage.W.Length + rows.Stage.B.Length) + (rows.Scale?.Length ?? 0) + (rows.Shift?.Length ?? 0);
    }

    private OnnxConstant Constant(OnnxTensor tensor)
    {
        _isDouble |= tensor is { ElementType: OnnxElementType.Double, Shape.Length: 2 };
        return new(tensor);
    }

    private void Define(string name, OnnxValue value, string place)
    {
        if (!_values.TryAdd(name, value))
        {
            throw new NetworkFileException(_file, $"{place} make the value '{name}', which is there already; the model is damaged.");
        }
    }

    private OnnxValue Find(string name, string place) => _values.GetValueOrDefault(name)
        ?? throw new NetworkFileException(
            _file, $"{place} takes '{name}', which no input, constant or earlier node makes; the model is damaged, has loops or uses outputs that are not read.");

    private OnnxNetwork Result(GraphProto graph)
    {
        if (graph.Output is not [var output])
        {
            throw new NetworkFileException(_file, $"the model has {graph.Output.Count} outputs; a dense network has one.");
        }

        if (Find(output.Name, "the output of the model") is not OnnxRows rows || rows.Stage.IsInput)
        {
            throw new NetworkFileException(_file, $"the output '{output.Name}' of the model does not come from a dense layer.");
        }

        var layers = new Stack<OnnxLayer>();
        for (OnnxRows at = rows; at.Stage.Before is { } before; at = before)
        {
            layers.Push(Layer(at, isLast: ReferenceEquals(at, rows)));
        }

        return new([.. layers], _isDouble);
    }

    private OnnxLayer Layer(OnnxRows rows, bool isLast)
    {
        OnnxStage stage = rows.Stage;
        if (isLast && rows.Scale is not null)
        {
            throw new NetworkFileException(
                _file, $"the outputs are scaled or shifted after the last activation, {rows.Expression}, which a dense network cannot do.");
        }

        int inputs = stage.W.Length / stage.Width;
        if (rows.Expression is OnnxVariable || !OnnxNormalForm.IsAffine(rows.Expression, out double scale, out double shift))
        {
            return new(stage.Node, inputs, stage.Width, stage.W, stage.B, rows.Expression);
        }

        double[] w = [.. stage.W.Select(number => number * scale)];
        double[] b = [.. stage.B.Select(number => (number * scale) + shift)];
        return new(stage.Node, inputs, stage.Width, w, b, OnnxExpression.Variable);
    }
}
