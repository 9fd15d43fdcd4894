using System.Runtime.CompilerServices;

namespace CompiledDnn;

/// <summary>The checks of the numbers that schedules are made with, and what several of them work out.</summary>
internal static class ScheduleNumbers
{
    /// <summary>Half a wave of a cosine.</summary>
    /// <param name="from">The value at 0.</param>
    /// <param name="to">The value at 1.</param>
    /// <param name="share">How far it is, from 0 to 1.</param>
    public static double Cosine(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);

    /// <summary>Requires a whole number that is not too small.</summary>
    public static T AtLeast<T>(T least, T value, string schedule, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{schedule}: {name} is at least {least}, but it is {value}.");

    /// <summary>Requires a finite number that meets a condition.</summary>
    /// <param name="isRight">The condition.</param>
    /// <param name="rule">The condition in words.</param>
    /// <param name="value">The number.</param>
    /// <param name="schedule">The schedule's name.</param>
    /// <param name="name">The number's name.</param>
    public static double Require(
        bool isRight, string rule, double value, string schedule, [CallerArgumentExpression(nameof(value))] string name = "") =>
        isRight && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{schedule}: {name} is {rule}, but it is {value}.");
}
