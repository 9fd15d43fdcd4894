namespace CompiledDnn;

/// <summary>The cost of one step.</summary>
/// <param name="Step">The step, counted from 1 over all epochs.</param>
/// <param name="Cost">J of its batch, before its update.</param>
public readonly record struct StepCost(long Step, double Cost);
