using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>The attributes of a class that say something of a network, in the order of the source.</summary>
internal sealed record NetworkAttributes(ImmutableArray<AttributeReader> Networks, ImmutableArray<AttributeReader> Layers)
{
    public static NetworkAttributes Of(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var networks = ImmutableArray.CreateBuilder<AttributeReader>();
        var layers = ImmutableArray.CreateBuilder<AttributeReader>();
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass.Is(KnownTypes.NetworkAttribute))
            {
                networks.Add(new(attribute, cancellationToken));
            }
            else if (attribute.AttributeClass.Is(KnownTypes.LayerAttribute))
            {
                layers.Add(new(attribute, cancellationToken));
            }
        }

        return new(networks.ToImmutable(), layers.ToImmutable());
    }
}
