using System.Collections.Immutable;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>What the parser makes of a class.</summary>
/// <param name="Spec">What to generate; null if the class cannot be extended or is no network.</param>
/// <param name="Refusal">Why the class cannot be extended; null if it can, or is no network.</param>
/// <param name="ClassLocation">The class's name where the attribute stands.</param>
/// <param name="Diagnostics">What the analyzer reports. Not for a cached model: locations hold syntax trees.</param>
internal sealed record ParseResult(NetworkSpec? Spec, Refusal? Refusal, Location ClassLocation, ImmutableArray<Diagnostic> Diagnostics);
