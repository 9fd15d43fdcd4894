using System.Collections.Generic;

namespace CompiledDnn.Generator.Emission;

/// <summary>The names of all members that the emitter adds to a class, so that the parser can say which are taken.</summary>
internal static class EmittedNames
{
    private static readonly string[] s_fixed =
    [
        "InputSize", "OutputSize", "TargetSize", "LayerCount", "ParameterCount", "WorkspaceBytes", "Summary",
        "Shape", "TakesLabels", "Parameters", "Swap", "CreateWorkspace", "Workspace",
        "Predict", "PredictOne", "PredictBatch", "Forward", "Cost", "ExampleCosts", "OutputGradient", "Backward", "Update", "Descend", "DescendStep", "Gradient",
        "TrainStep", "MaxDegreeOfParallelism", "_maxDegreeOfParallelism", "ForwardRows", "OutputGradientRows", "OutputStepRows", "RowsBelowOutput", "BackwardRows",
        "InputShare", "SumLayer1", "ActivateLayer1", "ForwardShare", "BackwardShare", "GradientShare", "PropagationShare", "DescentShare", "OptimizationShare",
        "Save", "Load",
        "LossOptions", "Inference",
        "_parameters", "CompiledPlan",
    ];

    private static readonly string[] s_perLayer =
    [
        "W", "B", "Layer", "ForwardLayer", "GradientLayer", "BackwardLayer", "DescendLayer", "OptimizeLayer",
    ];

    /// <summary>The names for a network of so many layers.</summary>
    public static HashSet<string> For(int layerCount)
    {
        var names = new HashSet<string>(s_fixed);
        for (int layer = 1; layer <= layerCount; layer++)
        {
            foreach (string prefix in s_perLayer)
            {
                names.Add(prefix + Number(layer));
            }

            if (layer < layerCount)
            {
                names.Add("DropLayer" + Number(layer));
            }
        }

        return names;
    }

    private static string Number(int layer) => layer.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
