using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Planning;

namespace CompiledDnn.Generator.Emission;

/// <summary>What every part of the emitted file needs: what was asked, the plan, and the names that the code uses.</summary>
internal sealed class EmitContext
{
    public EmitContext(NetworkSpec spec)
    {
        Spec = spec;
        Number = spec.IsDouble ? "double" : "float";
        int elementSize = spec.IsDouble ? sizeof(double) : sizeof(float);
        if (spec.Failure is null)
        {
            bool fused = spec.Loss!.IsFused;
            bool[] needsZ = spec.Layers
                .Select((layer, i) => NeedsZ(layer.Activation) || (fused && i == spec.Layers.Count - 1))
                .ToArray();
            Plan = NetworkPlanner.Plan(spec.Sizes, needsZ, elementSize, spec.Layers.Any(layer => layer.Dropout > 0));
        }

        Outline = spec.SizesAreRight ? NetworkPlanner.Plan(spec.Sizes, new bool[Depth], elementSize) : null;
    }

    public NetworkSpec Spec { get; }

    /// <summary>The plan; null if the values in the attribute are wrong.</summary>
    public NetworkPlan? Plan { get; }

    /// <summary>As much of the plan as follows from the sizes alone, also where other values are wrong; null if the sizes are.</summary>
    public NetworkPlan? Outline { get; }

    /// <summary>float or double.</summary>
    public string Number { get; }

    public SourceWriter Writer { get; } = new();

    /// <summary>True if the public surface is emitted with bodies that throw.</summary>
    public bool IsBroken => Plan is null;

    /// <summary>True if a prediction may be a single number: also where it is not known how many there are.</summary>
    public bool MayPredictNumber => Outline is null || OutputSize == 1;

    /// <summary>True if a row may be too wide for the stack: also where it is not known how wide it is.</summary>
    public bool MayBeWide => Outline is not { Scratch.FitsStack: true };

    /// <summary>L.</summary>
    public int Depth => System.Math.Max(1, Spec.Sizes.Count - 1);

    /// <summary>n[0]; at least 1, so that a constant made of a wrong size is no error of its own where it divides or sizes an array.</summary>
    public int InputSize => Spec.Sizes.Count > 0 ? System.Math.Max(1, Spec.Sizes[0]) : 1;

    /// <summary>n[L]; at least 1 for the same reason.</summary>
    public int OutputSize => Spec.Sizes.Count > 0 ? System.Math.Max(1, Spec.Sizes[Spec.Sizes.Count - 1]) : 1;

    /// <summary>Weights and biases; at least 1 for the same reason.</summary>
    public long ParameterCount => Outline?.ParameterCount ?? 1;

    public int TargetSize => IsBroken ? OutputSize : OutputSize / Spec.Loss!.OutputsPerTarget;

    public string ReadOnlySpan => $"global::System.ReadOnlySpan<{Number}>";

    public string Span => $"global::System.Span<{Number}>";

    public string TensorSpan => $"global::System.Numerics.Tensors.TensorSpan<{Number}>";

    public string ReadOnlyTensorSpan => $"global::System.Numerics.Tensors.ReadOnlyTensorSpan<{Number}>";

    public string ParameterBlock => $"{Library}.ParameterBlock<{Number}>";

    public string BaseWorkspace => $"{Library}.NetworkWorkspace<{Number}>";

    public string Interface => $"{Library}.INetwork<{Number}>";

    public string Update => $"{Library}.IParameterUpdate<{Number}>";

    public string StepArguments => $"{Kernels}.StepArguments<{Number}>";

    public const string Library = "global::CompiledDnn";

    public const string Kernels = "global::CompiledDnn.Kernels";

    public const string Labels = "global::System.ReadOnlySpan<int>";

    /// <summary>The last layer's struct, such as Layer3.</summary>
    public string LastLayer => $"Layer{Depth}";

    /// <summary>The activation of a layer as a closed type.</summary>
    public string ActivationType(int layer) => Spec.Layers[layer - 1].Activation.Type.Close(Number, $"Layer{layer}");

    /// <summary>True if training drops outputs of a layer.</summary>
    public bool HasDropout(int layer) => Spec.Layers[layer - 1].Dropout > 0;

    /// <summary>The loss as a closed type.</summary>
    public string LossType => Spec.Loss!.Type.Close(Number, "LossOptions");

    /// <summary>The activation's name as in an equation.</summary>
    public string Function(int layer) => Spec.Layers[layer - 1].Activation.Name.ToLowerInvariant();

    public IEnumerable<int> LayersUp => Enumerable.Range(1, Depth);

    /// <summary>What a member does where the values in the attribute are wrong: the summary says what is wrong.</summary>
    public const string ThrowFailure = "throw new global::System.InvalidOperationException(Summary)";

    /// <summary>So many numbers, in words.</summary>
    public static string Numbers(int count) => count == 1 ? "1 number" : $"{count.ToString(CultureInfo.InvariantCulture)} numbers";

    public static string Text(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

    public static string Grouped(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    private static bool NeedsZ(ActivationSpec activation) => !activation.IsRow && !activation.DerivativeFromOutput;
}
