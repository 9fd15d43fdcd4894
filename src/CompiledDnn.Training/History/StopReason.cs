namespace CompiledDnn;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were trained.</summary>
    AllEpochs,

    /// <summary>The cancellation token asked for it.</summary>
    Cancelled,

    /// <summary>There was no improvement for as long as there was patience.</summary>
    EarlyStopping,

    /// <summary>The time was up.</summary>
    TimeLimit,

    /// <summary>A callback stopped it.</summary>
    Callback,

    /// <summary>The optimiser found that further steps would change next to nothing.</summary>
    Converged,
}
