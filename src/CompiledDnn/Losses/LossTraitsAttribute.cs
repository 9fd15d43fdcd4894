namespace CompiledDnn;

/// <summary>What the generator has to know of a loss beyond its methods.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class LossTraitsAttribute : Attribute
{
    /// <summary>What the outputs must be. Default: <see cref="OutputRange.Any"/>.</summary>
    public OutputRange Requires { get; set; }

    /// <summary>How many outputs describe one target: TargetSize = OutputSize / OutputsPerTarget. Default: 1.</summary>
    public int OutputsPerTarget { get; set; } = 1;
}
