using CompiledDnn.Generator.Diagnostics;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class TypeRuleTests
{
    [Fact]
    public Task A_plain_partial_class_is_accepted() => Accepts("[Network(2, 1)] public sealed partial class Net;");

    [Fact]
    public Task A_class_nested_in_partial_types_of_every_kind_is_accepted() => Accepts("""
        partial class A { partial struct B { partial record C { partial record struct D { partial interface E {
            [Network(2, 1)] private partial class Net;
        } } } } }
        """);

    [Fact]
    public Task A_class_that_is_not_partial_is_reported_at_its_name() => Reports(
        "[Network(2, 1)] class {|#0:Net|};",
        Result(DiagnosticDescriptors.NotPartial, "'Net'"));

    [Fact]
    public Task A_type_around_the_class_that_is_not_partial_is_reported_at_the_class() => Reports(
        "class Outer { [Network(2, 1)] partial class {|#0:Net|}; }",
        Result(DiagnosticDescriptors.NotPartial, "'Outer'"));

    [Fact]
    public Task Types_that_are_not_partial_are_reported_together_outermost_first() => Reports(
        "class A { partial class B { [Network(2, 1)] class {|#0:Net|}; } }",
        Result(DiagnosticDescriptors.NotPartial, "'A' and 'Net'"));

    [Fact]
    public Task A_static_class_is_reported() => Reports(
        "[Network(2, 1)] static partial class {|#0:Net|};",
        Result(DiagnosticDescriptors.IsStatic));

    [Fact]
    public Task A_static_class_around_the_network_is_accepted() => Accepts(
        "static partial class Outer { [Network(2, 1)] internal partial class Net; }");

    [Fact]
    public Task A_generic_class_is_reported() => Reports(
        "[Network(2, 1)] partial class {|#0:Net|}<T>;",
        Result(DiagnosticDescriptors.IsGeneric, "Net"));

    [Fact]
    public Task A_generic_type_around_the_class_is_reported() => Reports(
        "partial class Outer<T> { partial class Middle { [Network(2, 1)] partial class {|#0:Net|}; } }",
        Result(DiagnosticDescriptors.IsGeneric, "Outer"));

    [Fact]
    public Task A_generic_base_class_is_accepted() => Accepts(
        "class Base<T>; [Network(2, 1)] partial class Net : Base<int>;");

    [Fact]
    public Task An_abstract_class_is_reported() => Reports(
        "[Network(2, 1)] abstract partial class {|#0:Net|};",
        Result(DiagnosticDescriptors.IsAbstract));

    [Fact]
    public Task An_abstract_base_class_is_accepted() => Accepts(
        "abstract class Base; [Network(2, 1)] partial class Net : Base;");

    [Fact]
    public Task A_record_is_reported() => Reports(
        "[Network(2, 1)] partial record {|#0:Net|};",
        Result(DiagnosticDescriptors.IsRecord));

    [Fact]
    public Task A_record_with_a_primary_constructor_is_reported_as_a_record_only() => Reports(
        "[Network(2, 1)] partial record {|#0:Net|}(int X);",
        Result(DiagnosticDescriptors.IsRecord));

    [Fact]
    public Task A_struct_is_reported() => Reports(
        "[Network(2, 1)] partial struct {|#0:Net|};",
        Result(DiagnosticDescriptors.IsStruct));

    [Fact]
    public Task A_record_struct_is_reported_as_a_struct_only() => Reports(
        "[Network(2, 1)] readonly partial record struct {|#0:Net|};",
        Result(DiagnosticDescriptors.IsStruct));

    [Fact]
    public Task A_file_local_class_is_reported() => Reports(
        "[Network(2, 1)] file partial class {|#0:Net|};",
        Result(DiagnosticDescriptors.IsFileLocal, "Net"));

    [Fact]
    public Task A_file_local_type_around_the_class_is_reported() => Reports(
        "file partial class Outer { [Network(2, 1)] partial class {|#0:Net|}; }",
        Result(DiagnosticDescriptors.IsFileLocal, "Outer"));

    [Fact]
    public Task A_primary_constructor_is_reported() => Reports(
        "[Network(2, 1)] partial class {|#0:Net|}(int x) { public int X => x; }",
        Result(DiagnosticDescriptors.HasPrimaryConstructor));

    [Fact]
    public Task An_empty_primary_constructor_on_another_part_is_reported_where_the_attribute_is() => Reports(
        "[Network(2, 1)] partial class {|#0:Net|}; partial class Net();",
        Result(DiagnosticDescriptors.HasPrimaryConstructor));

    [Fact]
    public Task All_rules_that_a_type_breaks_are_reported() => Reports(
        "[Network(2, {|#2:0|})] abstract class {|#0:{|#1:Net|}|};",
        Result(DiagnosticDescriptors.IsAbstract),
        Result(DiagnosticDescriptors.NotPartial, "'Net'"),
        Result(DiagnosticDescriptors.SizeNotPositive, "outputs of layer 1", 0));

    [Fact]
    public Task A_class_in_three_parts_is_reported_once() => Reports(
        "partial class Net; [Network({|#0:2|})] partial class Net; partial class Net;",
        Result(DiagnosticDescriptors.TooFewSizes, "only one is"));

    [Fact]
    public Task A_pragma_turns_a_report_off() => Accepts("""
        #pragma warning disable CDNN0001
        [Network(2, 1)] class Net;
        """);
}
