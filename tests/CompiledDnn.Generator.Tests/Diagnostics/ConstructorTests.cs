using CompiledDnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using static CompiledDnn.Generator.Tests.Diagnostics.NetworkTest;

namespace CompiledDnn.Generator.Tests.Diagnostics;

public class ConstructorTests
{
    [Theory]
    [InlineData("int seed, Initializer? initializer")]
    [InlineData("int a, Initializer b")]
    public Task A_constructor_with_the_generated_parameters_is_reported_at_its_name(string parameters) => Reports(
        $"[Network(4, 3)] partial class Net {{ public {{|#0:Net|}}({parameters}) {{ }} }}",
        Result(
            DiagnosticDescriptors.NameTaken,
            "Net(int, Initializer)",
            "the class has a constructor with these parameters already",
            "remove it or change its parameters"));

    [Theory]
    [InlineData("public {|#0:Net|}() { }")]
    [InlineData("public {|#0:Net|}(int seed) { }")]
    [InlineData("private {|#0:Net|}(string path) : base() { }")]
    [InlineData("public {|#0:Net|}(string path) => Console.Write(path);")]
    [InlineData("public partial Net(string path); public partial {|#0:Net|}(string path) { }")]
    public Task A_constructor_that_does_not_call_the_generated_one_is_reported_at_its_name(string constructor) => Reports(
        $"[Network(4, 3)] partial class Net {{ {constructor} }}",
        Result(DiagnosticDescriptors.ConstructorSkipsWeights));

    [Theory]
    [InlineData("public Net(string path) : {|CS1729:this|}(1, null) { }")]
    [InlineData("static Net() { }")]
    public Task A_constructor_that_calls_another_is_accepted(string constructor) => Reports(
        $"[Network(4, 3)] partial class Net {{ {constructor} }}");

    [Theory]
    [InlineData("private Base() { } public Base(int x) { }")]
    [InlineData("public Base(int x) { }")]
    public async Task A_base_class_without_a_constructor_to_call_is_reported_at_the_class(string constructors)
    {
        var test = new NetworkTest($"class Base {{ {constructors} }} [Network(4, 3)] partial class {{|#0:Net|}} : Base;")
        {
            CompilerDiagnostics = CompilerDiagnostics.None,
        };
        test.ExpectedDiagnostics.Add(Result(DiagnosticDescriptors.BaseHasNoConstructor, "Base").WithLocation(0));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("protected Base() { } public Base(int x) { }")]
    [InlineData("public Base(int x = 1) { }")]
    [InlineData("public Base(params int[] x) { }")]
    public Task A_base_class_with_a_constructor_to_call_is_accepted(string constructors) => Accepts(
        $"class Base {{ {constructors} }} [Network(4, 3)] partial class Net : Base;");
}
