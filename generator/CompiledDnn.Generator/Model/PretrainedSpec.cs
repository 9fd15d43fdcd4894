namespace CompiledDnn.Generator.Model;

/// <summary>Weights inside the program for a network: what is emitted beside the network itself.</summary>
/// <param name="Type">The class.</param>
/// <param name="IsDouble">True for double precision.</param>
/// <param name="File">The file's name, for documentation.</param>
/// <param name="Resource">The name that the file has in the program.</param>
/// <param name="IsBroken">True if the values in the attribute are wrong, so that the members throw what is wrong with them.</param>
/// <param name="IsTaken">True if the class has a member of such a name already, so that nothing can be emitted.</param>
/// <param name="Problem">Null if the weights fit. Otherwise why not: the members are emitted and throw it.</param>
internal sealed record PretrainedSpec(
    TypeSpec Type, bool IsDouble, string File, string Resource, bool IsBroken, bool IsTaken, string? Problem);
