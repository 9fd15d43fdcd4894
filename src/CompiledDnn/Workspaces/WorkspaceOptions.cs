namespace CompiledDnn;

/// <summary>What a workspace keeps beyond what the steps need.</summary>
[Flags]
public enum WorkspaceOptions
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Z1 ... ZL, also of layers whose derivative follows from their output.</summary>
    KeepZ = 1,

    /// <summary>DA0, the gradient with respect to the inputs.</summary>
    InputGradient = 2,

    /// <summary>
    /// Forward is the training forward: layers with dropout drop outputs. For networks without such layers it changes nothing.
    /// </summary>
    Training = 4,
}
