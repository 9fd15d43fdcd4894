namespace CompiledDnn.Generator.Model;

/// <summary>Says why nothing can be generated for a class; what the generator reports as CDNN0100.</summary>
/// <param name="DisplayName">The class.</param>
/// <param name="Reason">Why, beginning with the id of the analyzer's diagnostic.</param>
/// <param name="Location">The class's name in the source.</param>
internal sealed record Refusal(string DisplayName, string Reason, LocationInfo? Location);
