// What the compiler asks for and .NET Standard 2.0 does not have.
namespace System.Runtime.CompilerServices
{
    /// <summary>Lets records have properties that are set once.</summary>
    internal static class IsExternalInit;
}

namespace System
{
    /// <summary>A place, counted from either end.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;

        public static implicit operator Index(int value) => new(value);
    }

    /// <summary>From one place to another.</summary>
    internal readonly struct Range(Index start, Index end)
    {
        public Index Start { get; } = start;

        public Index End { get; } = end;
    }
}
