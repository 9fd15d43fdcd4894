using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>How a kernel's method is compiled.</summary>
internal static class KernelMethod
{
    /// <summary>Optimised from the first call on, and never inlined: for a method with a loop over vectors.</summary>
    /// <remarks>
    /// The JIT inlines until a method is too large, and keeps no more than a thousand of its variables in registers. What it meets after that, in the
    /// middle of some loop, becomes calls for single operations and vectors on the stack. A loop by itself stays far below both.
    /// </remarks>
    public const MethodImplOptions Alone = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
}
