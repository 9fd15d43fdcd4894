using CompiledDnn.Onnx;

namespace CompiledDnn;

/// <summary>The operators that leave numbers as they are.</summary>
internal static class OnnxShaping
{
    /// <summary>One row for each example.</summary>
    public static OnnxRows Flatten(OnnxNode node)
    {
        node.CheckInputs(1, 1);
        node.CheckAttributes("axis");
        long axis = node.Integer("axis", 1);
        return axis == 1 ? node.Rows(0) with { IsMatrix = true } : throw node.Bad($"flattens from axis {axis} on; 1 keeps one row for each example");
    }

    /// <summary>One row for each example, given as lengths.</summary>
    public static OnnxRows Reshape(OnnxNode node)
    {
        node.CheckInputs(2, 2);
        node.CheckAttributes("allowzero");
        OnnxRows rows = node.Rows(0);
        double[] lengths = node.Constant(1).Numbers;
        bool keepsRows = lengths is [var batch, var width] && (width == rows.Width || (width == -1 && batch >= 0)) && (batch != 1 || width == rows.Width);
        return keepsRows
            ? rows with { IsMatrix = true }
            : throw node.Bad($"makes [{string.Join(", ", lengths)}] of rows of {rows.Width} numbers; only one row for each example is read");
    }

    /// <summary>A constant matrix with rows and columns exchanged.</summary>
    public static OnnxConstant Transpose(OnnxNode node)
    {
        node.CheckInputs(1, 1);
        OnnxTensor matrix = node.Constant(0);
        bool exchanges = matrix.Shape.Length == 2 && node.Proto.Attribute.All(static attribute => attribute is { Name: "perm", Ints: [1, 0] });
        return exchanges ? new(matrix.Transposed()) : throw node.Bad("does more than exchanging rows and columns of a matrix");
    }

    /// <summary>The same value.</summary>
    public static OnnxValue Identity(OnnxNode node)
    {
        node.CheckInputs(1, 1);
        return node.Has(0) ? node.Inputs[0]! : node.Rows(0);
    }

    /// <summary>The same value: units are dropped in training only.</summary>
    public static OnnxRows Dropout(OnnxNode node)
    {
        node.CheckInputs(1, 3);
        bool isTraining = node.Has(2) && node.Constant(2).Numbers is not [0];
        return isTraining ? throw node.Bad("drops units (training_mode); export the model in inference mode") : node.Rows(0);
    }

    /// <summary>The same value, in another precision.</summary>
    public static OnnxValue Cast(OnnxNode node)
    {
        node.CheckInputs(1, 1);
        int type = (int)node.Integer("to", 0);
        if (!OnnxElementType.IsForWeights(type))
        {
            throw node.Bad($"makes numbers of the type {OnnxElementType.NameOf(type)}; FLOAT, DOUBLE and FLOAT16 are read");
        }

        return node.Inputs[0] is OnnxConstant constant ? new OnnxConstant(constant.Tensor with { ElementType = type }) : node.Rows(0);
    }

    /// <summary>A constant written as a node.</summary>
    public static OnnxConstant Constant(OnnxNode node)
    {
        node.CheckInputs(0, 0);
        string name = node.Proto.Output is [var output, ..] ? output : node.Text;
        return node.Proto.Attribute is [var attribute]
            ? new((attribute.Name, attribute.Type) switch
            {
                ("value", AttributeProto.Types.AttributeType.Tensor) when attribute.T is { } tensor => OnnxTensor.Read(tensor, name, node.File),
                ("value_float", AttributeProto.Types.AttributeType.Float) => new(name, OnnxElementType.Float, [], [attribute.F]),
                ("value_int", AttributeProto.Types.AttributeType.Int) => new(name, OnnxElementType.Int64, [], [attribute.I]),
                ("value_floats", AttributeProto.Types.AttributeType.Floats) => new(
                    name, OnnxElementType.Float, [attribute.Floats.Count], [.. attribute.Floats.Select(static number => (double)number)]),
                ("value_ints", AttributeProto.Types.AttributeType.Ints) => new(
                    name, OnnxElementType.Int64, [attribute.Ints.Count], [.. attribute.Ints.Select(static number => (double)number)]),
                _ => throw node.Bad($"has its value as '{attribute.Name}' of the type {attribute.Type}, which is not read"),
            })
            : throw node.Bad($"has {node.Proto.Attribute.Count} attributes; expected one, its value");
    }
}
