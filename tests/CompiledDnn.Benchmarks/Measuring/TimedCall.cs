namespace CompiledDnn.Benchmarks;

/// <summary>What takes turns with others in being timed.</summary>
/// <param name="Action">One call.</param>
/// <param name="Rest">Puts threads to rest that would else be busy between calls, until the next call.</param>
internal sealed record TimedCall(Action Action, Action? Rest = null);
