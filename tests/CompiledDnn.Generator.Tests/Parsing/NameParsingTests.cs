using CompiledDnn.Generator.Model;
using CompiledDnn.Generator.Tests.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Parsing.Parse;

namespace CompiledDnn.Generator.Tests.Parsing;

public class NameParsingTests
{
    [Fact]
    public void A_class_in_the_global_namespace_has_no_namespace()
    {
        TypeSpec type = Spec("[Network(4, 2)] public sealed partial class Net;").Type;

        Assert.Equal(new("", default, "Net", "Net", IsSealed: true, IsPublic: true, "Net.g.cs"), type);
    }

    [Fact]
    public void The_types_around_a_class_are_told_outermost_first_with_their_keywords()
    {
        TypeSpec type = Spec("""
            namespace A.B { public partial class C { public partial struct D { public partial record E { public partial record struct F { public partial interface G {
                [Network(4, 2)] internal partial class Net;
            } } } } } }
            """).Type;

        Assert.Equal("A.B", type.Namespace);
        Assert.Equal([new("class", "C"), new("struct", "D"), new("record", "E"), new("record struct", "F"), new("interface", "G")], type.Outer);
        Assert.Equal("A.B.C+D+E+F+G+Net.g.cs", type.HintName);
        Assert.False(type.IsPublic);
        Assert.False(type.IsSealed);
    }

    [Fact]
    public void A_public_class_in_an_internal_one_is_not_public() =>
        Assert.False(Spec("partial class Outer { [Network(4, 2)] public partial class Net; }").Type.IsPublic);

    [Fact]
    public void Keywords_are_escaped_in_code_but_not_for_people()
    {
        TypeSpec type = Spec("namespace A.@namespace { partial struct @record { [Network(4, 2)] partial class @class; } }", "class").Type;

        Assert.Equal("A.@namespace", type.Namespace);
        Assert.Equal([new("struct", "@record")], type.Outer);
        Assert.Equal(("@class", "class"), (type.Name, type.DisplayName));
        Assert.Equal("A.namespace.record+class.g.cs", type.HintName);
    }

    [Fact]
    public void Classes_of_one_name_in_different_places_have_files_of_their_own()
    {
        string[] sources =
        [
            "[Network(4, 2)] partial class Net;",
            "namespace X { [Network(4, 2)] partial class Net; }",
            "namespace X.Y { [Network(4, 2)] partial class Net; }",
            "namespace X { partial class Y { [Network(4, 2)] partial class Net; } }",
            "partial class X { [Network(4, 2)] partial class Net; }",
            "partial class X { partial class Y { [Network(4, 2)] partial class Net; } }",
        ];

        Assert.Equal(sources.Length, sources.Select(source => Spec(source).Type.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Classes_that_differ_in_case_alone_have_files_of_their_own()
    {
        const string Source = "[Network(4, 2)] partial class Net; [Network(4, 2)] partial class NET; [Network(4, 2)] partial class net;";

        Assert.Equal(
            ["NET.g.cs", "Net-2.g.cs", "net-3.g.cs"],
            new[] { "NET", "Net", "net" }.Select(name => Spec(Source, name).Type.HintName));
    }

    [Theory]
    [InlineData("public struct Own<T>", "Own<>", "global::Own", 1)]
    [InlineData("public struct @struct<T>", "@struct<>", "global::@struct", 1)]
    [InlineData("public struct Own<T, TOptions>", "Own<,>", "global::Own", 2)]
    public void An_open_type_is_named_without_its_arguments(string head, string name, string openName, int arity)
    {
        string options = arity == 2 ? " where TOptions : struct, ILayerOptions" : "";
        ActivationSpec activation = Spec(
            CustomTypes.Activation(head, "where T : unmanaged" + options)
            + $"[Network(4, 2, OutputType = typeof({name}))] partial class Net;").Layers[0].Activation;

        Assert.Equal(new(openName, arity), activation.Type);
    }

    [Fact]
    public void A_type_in_a_namespace_and_a_class_is_named_in_full()
    {
        ActivationSpec activation = Spec(
            "namespace A.@event { public class Box {\n" + CustomTypes.Activation() + "} }\n"
            + "[Network(4, 2, OutputType = typeof(A.@event.Box.Own<>))] partial class Net;").Layers[0].Activation;

        Assert.Equal(("Own", "global::A.@event.Box.Own<float>"), (activation.Name, activation.Type.Close("float", "Options")));
    }

    [Fact]
    public void A_type_in_a_closed_generic_class_is_named_with_the_arguments()
    {
        ActivationSpec activation = Spec(
            "public class Box<U> {\n" + CustomTypes.Activation("public struct Own", "").Replace("<T>", "<float>", StringComparison.Ordinal)
                .Replace(", T>", ", float>", StringComparison.Ordinal) + "}\n"
            + "[Network(4, 2, OutputType = typeof(Box<string>.Own))] partial class Net;").Layers[0].Activation;

        Assert.Equal(new("global::Box<string>.Own", 0), activation.Type);
    }

    [Fact]
    public void A_closed_type_is_named_with_its_arguments()
    {
        ActivationSpec activation = Spec(
            CustomTypes.Activation() + "[Network(4, 2, OutputType = typeof(Own<float>))] partial class Net;").Layers[0].Activation;

        Assert.Equal(new("global::Own<float>", 0), activation.Type);
    }

    [Fact]
    public void A_built_in_type_may_be_named_by_type()
    {
        NetworkSpec byName = Spec("[Network(4, 3, 2, Hidden = Activation.ELU, Loss = Loss.BinaryCrossEntropy)] partial class Net;");
        NetworkSpec byType = Spec("[Network(4, 3, 2, HiddenType = typeof(ELU<,>), LossType = typeof(BinaryCrossEntropy<>))] partial class Net;");

        Assert.Equal(byName, byType);
    }
}
