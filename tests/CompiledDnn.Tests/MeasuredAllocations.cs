using Xunit;

namespace CompiledDnn.Tests;

/// <summary>
/// Tests that count allocated bytes run with nothing beside them: a collection that other tests bring about in the middle of a
/// measurement retires the thread's allocation buffer, and what was left of it, up to 8 kB, is counted as allocated.
/// </summary>
[CollectionDefinition(nameof(MeasuredAllocations), DisableParallelization = true)]
public sealed class MeasuredAllocations;
