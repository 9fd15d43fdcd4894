using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Incrementality;

/// <summary>What the steps of the generator's pipeline did in a run.</summary>
internal static class Steps
{
    private static readonly string[] s_names = [TrackingNames.Parse, TrackingNames.Spec, TrackingNames.Refusal];

    /// <summary>Why a step had the outputs that it had: one reason for each class that went through it.</summary>
    public static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriverRunResult result, string step) =>
        Assert.Single(result.Results).TrackedSteps.TryGetValue(step, out var runs)
            ? runs.SelectMany(run => run.Outputs).Select(output => output.Reason)
            : [];

    /// <summary>Why the emitted files were, or were not, written again.</summary>
    public static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorDriverRunResult result) =>
        Assert.Single(result.Results).TrackedOutputSteps.Values.SelectMany(runs => runs).SelectMany(run => run.Outputs).Select(output => output.Reason);

    /// <summary>Asserts that every step found what it had before, and that no file was written again.</summary>
    public static void AssertNothingIsDoneAgain(GeneratorDriverRunResult result)
    {
        foreach (string step in s_names)
        {
            Assert.All(Reasons(result, step), reason => Assert.True(
                reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} was {reason}."));
        }

        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }
}
