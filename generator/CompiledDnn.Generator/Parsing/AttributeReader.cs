using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CompiledDnn.Generator.Parsing;

/// <summary>One attribute: its values, and where in the source each stands. Values that do not compile count as not given.</summary>
internal sealed class AttributeReader(AttributeData data, CancellationToken cancellationToken)
{
    public AttributeSyntax? Syntax { get; } = data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    /// <summary>The whole attribute.</summary>
    public Location Location => Syntax?.GetLocation() ?? Location.None;

    /// <summary>The attribute's class, from whose properties the runtime's enums are reached.</summary>
    public INamedTypeSymbol? Class => data.AttributeClass;

    /// <summary>The constructor's only argument, or null where the attribute does not compile.</summary>
    public TypedConstant? ConstructorArgument =>
        data is { AttributeConstructor: not null, ConstructorArguments.Length: 1 }
        && data.ConstructorArguments[0] is { Kind: not TypedConstantKind.Error } argument
            ? argument
            : null;

    /// <summary>The constructor's arguments from the first to the last, or the whole attribute if there are none.</summary>
    public Location ConstructorArgumentLocation
    {
        get
        {
            ImmutableArray<AttributeArgumentSyntax> arguments = ConstructorArguments;
            if (arguments.IsEmpty)
            {
                return Location;
            }

            var span = TextSpan.FromBounds(arguments[0].Expression.SpanStart, arguments[arguments.Length - 1].Span.End);
            return Location.Create(Syntax!.SyntaxTree, span);
        }
    }

    private ImmutableArray<AttributeArgumentSyntax> ConstructorArguments =>
        Syntax?.ArgumentList is { } list ? [.. list.Arguments.Where(argument => argument.NameEquals is null)] : [];

    /// <summary>Where one of the numbers of a <c>params int[]</c> stands.</summary>
    public Location ElementLocation(int index, int count)
    {
        ImmutableArray<AttributeArgumentSyntax> arguments = ConstructorArguments;
        ImmutableArray<ExpressionSyntax> expressions = arguments.Length == 1 && Elements(arguments[0].Expression) is { } elements
            ? elements
            : [.. arguments.Select(argument => argument.Expression)];
        return expressions.Length == count ? expressions[index].GetLocation() : ConstructorArgumentLocation;
    }

    /// <summary>The value of a property, or null if it is not given or does not compile.</summary>
    public TypedConstant? Value(string property)
    {
        foreach (var argument in data.NamedArguments)
        {
            if (argument.Key == property && argument.Value.Kind is not (TypedConstantKind.Error or TypedConstantKind.Array))
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>The number given to a property, or null.</summary>
    public double? Number(string property) => Value(property)?.Value as double?;

    /// <summary>The type given to a property, or null.</summary>
    public ITypeSymbol? Type(string property) => Value(property) is { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } ? type : null;

    /// <summary>Where the value of a property stands, or the whole attribute if it is not given.</summary>
    public Location ValueLocation(string property) =>
        Syntax?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?
            .Expression.GetLocation()
        ?? Location;

    private static ImmutableArray<ExpressionSyntax>? Elements(ExpressionSyntax expression) => expression switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
        _ => null,
    };
}
