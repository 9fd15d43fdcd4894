namespace CompiledDnn;

/// <summary>How the scores of several classes, or of several independent outputs, become one.</summary>
public enum Average
{
    /// <summary>With a single output the score of class 1; else <see cref="Macro"/>.</summary>
    Default,

    /// <summary>
    /// The mean of the scores, every class weighing the same. A class that occurs neither among the targets nor among the predictions does not
    /// count; an independent output always does.
    /// </summary>
    Macro,

    /// <summary>The score of the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean of the scores, each class weighing as much as it has examples.</summary>
    Weighted,
}
