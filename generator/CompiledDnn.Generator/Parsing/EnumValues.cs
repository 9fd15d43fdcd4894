using System.Linq;
using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Members of the runtime's enums, looked up in the runtime that the user's project refers to.</summary>
internal static class EnumValues
{
    /// <summary>The enum that a property of an attribute has, or null in a runtime without that property.</summary>
    public static INamedTypeSymbol? OfProperty(INamedTypeSymbol? attribute, string property) =>
        attribute?.GetMembers(property).OfType<IPropertySymbol>().FirstOrDefault()?.Type
            is INamedTypeSymbol { TypeKind: TypeKind.Enum } type
            ? type
            : null;

    /// <summary>The member with a value, or null.</summary>
    public static IFieldSymbol? WithValue(INamedTypeSymbol type, object? value) =>
        type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value));

    /// <summary>The value of a constant that is no array and compiles, or null.</summary>
    public static object? Scalar(this TypedConstant constant) =>
        constant.Kind is TypedConstantKind.Error or TypedConstantKind.Array ? null : constant.Value;

    /// <summary>The member that a constant of an enum type stands for, or null.</summary>
    public static IFieldSymbol? Member(this TypedConstant constant) =>
        constant is { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type } ? WithValue(type, constant.Value) : null;

    /// <summary>The type that implements a member, or null.</summary>
    public static INamedTypeSymbol? Implementation(this IFieldSymbol member) =>
        member.FindAttribute(KnownTypes.ImplementationAttribute)?.ConstructorArguments.FirstOrDefault().Scalar() as INamedTypeSymbol;

    /// <summary>The type that implements the member of a name, or null.</summary>
    public static INamedTypeSymbol? Implementation(INamedTypeSymbol? type, string member) =>
        type?.GetMembers(member).OfType<IFieldSymbol>().FirstOrDefault()?.Implementation();
}
