using CompiledDnn.Generator.Diagnostics;
using CompiledDnn.Generator.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class NameTests
{
    [Theory]
    [InlineData("int {|#0:InputSize|};", "InputSize")]
    [InlineData("const int {|#0:ParameterCount|} = 1;", "ParameterCount")]
    [InlineData("int {|#0:W1|} => 1;", "W1")]
    [InlineData("void {|#0:Forward|}(string text) { }", "Forward")]
    [InlineData("static void {|#0:ForwardLayer2|}() { }", "ForwardLayer2")]
    [InlineData("event Action? {|#0:Update|} { add { } remove { } }", "Update")]
    [InlineData("public event Action? {|#0:Swap|};", "Swap")]
    [InlineData("class {|#0:Workspace|};", "Workspace")]
    [InlineData("partial struct {|#0:Layer1|};", "Layer1")]
    [InlineData("delegate void {|#0:Cost|}();", "Cost")]
    [InlineData("enum {|#0:Inference|};", "Inference")]
    [InlineData("int {|#0:_parameters|};", "_parameters")]
    [InlineData("int {|#0:get_W2|}() => 1;", "W2")]
    [InlineData("void {|#0:Save|}<T>(T t) { }", "Save")]
    public Task A_member_named_like_a_generated_one_is_reported_at_its_name(string member, string name) => Reports(
        $"[Network(4, 3, 2)] partial class Net {{ {member} }}",
        Taken(name, "the class has a member of that name already", "rename it"));

    [Theory]
    [InlineData("int W0;")]
    [InlineData("int W3;")]
    [InlineData("int w1;")]
    [InlineData("int Layer;")]
    [InlineData("int Layer10;")]
    [InlineData("int Forwards() => 1;")]
    [InlineData("void Fit(int Forward) { }")]
    [InlineData("int get_() => 1;")]
    [InlineData("int this[int W1] => W1;")]
    [InlineData("class Inner { int W1; void Forward() { } }")]
    [InlineData("static Net() { }")]
    [InlineData("~Net() { }")]
    public Task A_member_of_another_name_is_accepted(string member) => Accepts(
        $$"""
        #pragma warning disable
        [Network(4, 3, 2)] partial class Net { {{member}} }
        """);

    [Fact]
    public Task Every_overload_and_member_on_every_part_is_reported() => Reports(
        "[Network(4, 3)] partial class Net { void {|#0:Load|}() { } void {|#1:Load|}(int x) { } } partial class Net { int {|#2:B1|} => 1; }",
        Taken("Load", "the class has a member of that name already", "rename it"),
        Taken("Load", "the class has a member of that name already", "rename it"),
        Taken("B1", "the class has a member of that name already", "rename it"));

    [Fact]
    public Task A_class_named_like_a_generated_member_is_reported() => Reports(
        "[Network(4, 3)] partial class {|#0:Layer1|};",
        new DiagnosticResult(DiagnosticDescriptors.NameTaken).WithArguments("Layer1", "Layer1", "the class itself has it", "rename it"));

    [Fact]
    public Task A_class_named_like_a_member_of_a_deeper_network_is_accepted() => Accepts("[Network(4, 3)] partial class Layer2;");

    [Fact]
    public Task A_type_around_the_class_named_like_a_generated_member_is_reported() => Reports(
        "partial class Workspace { [Network(4, 3)] partial class {|#0:Net|}; }",
        Taken("Workspace", "a type around the class has it", "rename it"));

    [Fact]
    public Task A_namespace_named_like_a_generated_member_is_accepted() => Accepts("namespace Workspace { [Network(4, 3)] partial class Net; }");

    [Theory]
    [InlineData("public void Forward() { }", "Forward")]
    [InlineData("protected int W1;", "W1")]
    [InlineData("internal class Workspace;", "Workspace")]
    [InlineData("protected internal static int InputSize => 1;", "InputSize")]
    public Task An_inherited_member_is_reported_at_the_class(string member, string name) => Reports(
        $"class Base {{ {member} }} class Middle : Base; [Network(4, 3)] partial class {{|#0:Net|}} : Middle;",
        Taken(name, "the base class 'Base' has a member of that name, which it would hide", "rename that one or choose another base class"));

    [Theory]
    [InlineData("private void Forward() { }")]
    [InlineData("public void Fit() { }")]
    public Task A_base_class_without_such_members_is_accepted(string member) => Accepts(
        $"class Base {{ {member} }} [Network(4, 3)] partial class Net : Base;");

    [Fact]
    public Task An_internal_member_of_a_base_class_in_another_assembly_is_accepted()
    {
        var test = new NetworkTest("[Network(4, 3)] partial class Net : Base;");
        Library(test, "public class Base { internal void Forward() { } private protected int W1; }");
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_protected_member_of_a_base_class_in_another_assembly_is_reported()
    {
        var test = new NetworkTest("[Network(4, 3)] partial class {|#0:Net|} : Base;");
        Library(test, "public class Base { protected void Forward() { } }");
        test.ExpectedDiagnostics.Add(Taken(
            "Forward",
            "the base class 'Base' has a member of that name, which it would hide",
            "rename that one or choose another base class").WithLocation(0));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_base_class_that_is_a_network_is_reported() => Reports(
        "[Network(4, 3)] partial class Base; [Network(4, 3)] partial class {|#0:Net|} : Base;",
        Taken(
            "Forward",
            "the base class 'Base' is a network and has it, as all the others",
            "hold that network in a field instead of deriving from it"));

    [Fact]
    public void The_names_grow_with_the_number_of_layers()
    {
        HashSet<string> one = EmittedNames.For(1);
        HashSet<string> two = EmittedNames.For(2);

        Assert.Subset(two, one);
        Assert.Equal(["B2", "BackwardLayer2", "DescendLayer2", "DropLayer1", "ForwardLayer2", "GradientLayer2", "Layer2", "OptimizeLayer2", "W2"], two.Except(one).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_member_of_the_network_interface_is_among_the_names()
    {
        HashSet<string> names = EmittedNames.For(1);
        IEnumerable<string> promised = typeof(INetwork<>).GetMembers()
            .Where(member => member is not System.Reflection.MethodInfo { IsSpecialName: true })
            .Select(member => member.Name);

        Assert.All(promised, name => Assert.Contains(name, names));
    }

    private static void Library(NetworkTest test, string source)
    {
        var library = new ProjectState("Library", LanguageNames.CSharp, "/Library/", "cs") { Sources = { source } };
        library.AdditionalReferences.AddRange(References.Framework);
        test.TestState.AdditionalProjects.Add("Library", library);
        test.TestState.AdditionalProjectReferences.Add("Library");
    }

    private static DiagnosticResult Taken(string name, string why, string what) => Result(DiagnosticDescriptors.NameTaken, name, why, what);
}
