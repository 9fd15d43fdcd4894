using System.Numerics;

namespace CompiledDnn;

/// <summary>A cost that an optimiser of the whole batch may ask for at any parameters, as often as it likes.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The parameter block, which the optimiser writes.</summary>
    Span<T> Parameters { get; }

    /// <summary>The gradient at the last evaluation, laid out like the parameters; zero in the padding.</summary>
    ReadOnlySpan<T> Gradients { get; }

    /// <summary>Works out the cost and its gradient at <see cref="Parameters"/>. The same parameters must give the same cost.</summary>
    /// <returns>The cost, penalties included.</returns>
    double Evaluate();
}
