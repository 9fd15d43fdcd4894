using System.Text;

namespace CompiledDnn.Tool.Models;

/// <summary>The partial class of a network as C#.</summary>
internal static class ClassText
{
    /// <summary>The text of the file.</summary>
    /// <param name="model">The network.</param>
    /// <param name="name">The class.</param>
    /// <param name="space">Its namespace, or null.</param>
    /// <param name="source">The name of the file that the network comes from.</param>
    public static string Of(DenseModel model, string name, string? space, string source)
    {
        DenseLayer[] layers = model.Layers;
        Activation hidden = layers.Length > 1 ? layers[0].Activation : Activation.ReLU;
        Activation output = layers[^1].Activation;

        var text = new StringBuilder();
        text.Append("using CompiledDnn;\n\n");
        if (space is not null)
        {
            text.Append($"namespace {space};\n\n");
        }

        text.Append($"/// <summary>The network of {Escaped(source)}. Its weights: <c>net.Load(\"{name}.safetensors\")</c>.</summary>\n");
        text.Append($"[Network({string.Join(", ", model.Sizes)}");
        text.Append(hidden == Activation.ReLU ? "" : $", Hidden = Activation.{hidden}");
        text.Append(output == Activation.Sigmoid ? "" : $", Output = Activation.{output}");
        text.Append(model.IsDouble ? ", Precision = Precision.Double" : "");
        text.Append(")]\n");
        for (int l = 1; l <= layers.Length; l++)
        {
            DenseLayer layer = layers[l - 1];
            bool isUsual = layer.Activation == (l == layers.Length ? output : hidden);
            IEnumerable<string> own = [.. isUsual ? [] : new[] { $"Activation = Activation.{layer.Activation}" }, .. layer.Options is null ? [] : new[] { layer.Options }];
            if (own.Any())
            {
                text.Append($"[Layer({l}, {string.Join(", ", own)})]\n");
            }
        }

        text.Append($"public sealed partial class {name};\n");
        return text.ToString();
    }

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ');
}
