using System.Reflection;
using CompiledDnn.Generator.Tests.Harness;
using Xunit;

namespace CompiledDnn.Generator.Tests.Forms;

/// <summary>What a user's own part of the class adds, and what it derives from.</summary>
public class ConstructionTests
{
    [Fact]
    public void A_constructor_of_the_users_calls_the_emitted_one()
    {
        using LoadedProject project = GeneratorRun.Of(
            """
            using CompiledDnn;

            [Network(3, 8, 1)]
            sealed partial class Net
            {
                public Net(string label, int seed) : this(seed) => Label = label;

                public string Label { get; } = "nobody's";

                public double[] Scale { get; } = [1, 2, 3];
            }
            """).Load();

        object? made = Activator.CreateInstance(project.Type("Net"), "mine", 3);

        INetwork<float> net = Assert.IsAssignableFrom<INetwork<float>>(made);
        Assert.Equal("mine", Property(net, "Label"));
        Assert.Equal(new double[] { 1, 2, 3 }, Property(net, "Scale"));
        Assert.Equal("nobody's", Property(project.Create<float>("Net"), "Label"));
        Assert.Equal(project.Create<float>("Net", seed: 3).Parameters.Span.ToArray(), net.Parameters.Span.ToArray());
        Assert.NotEqual(project.Create<float>("Net", seed: 4).Parameters.Span.ToArray(), net.Parameters.Span.ToArray());
        Check.Agrees(net);
    }

    [Theory]
    [InlineData("class Base { public string Label { get; } = \"made\"; }")]
    [InlineData("abstract class Base { protected Base() => Label = \"made\"; public Base(int seed) { } public string Label { get; } = \"\"; }")]
    [InlineData("abstract class Root { protected Root() => Label = \"made\"; public string Label { get; } }\nclass Base : Root, System.IDisposable { public void Dispose() { } }")]
    [InlineData("class Base(string label) { public Base() : this(\"made\") { } public string Label { get; } = label; }")]
    public void A_base_class_is_made_by_its_constructor_without_parameters(string @base)
    {
        using LoadedProject project = GeneratorRun.Of($"[CompiledDnn.Network(3, 8, 1)] sealed partial class Net : Base;\n{@base}").Load();

        INetwork<float> net = project.Create<float>("Net");

        Assert.Equal("made", Property(net, "Label"));
        Check.Agrees(net);
    }

    [Fact]
    public void Interfaces_attributes_and_parts_in_other_files_stay()
    {
        using LoadedProject project = GeneratorRun.Of(
            "[CompiledDnn.Network(3, 8, 1)] partial class Net : System.IDisposable;",
            "[System.Diagnostics.DebuggerDisplay(\"net\")] partial class Net { public bool Disposed { get; private set; } }",
            "partial class Net { public void Dispose() => Disposed = true; }").Load();

        INetwork<float> net = project.Create<float>("Net");
        Assert.IsAssignableFrom<IDisposable>(net).Dispose();

        Assert.Equal(true, Property(net, "Disposed"));
        Assert.NotNull(net.GetType().GetCustomAttribute<System.Diagnostics.DebuggerDisplayAttribute>());
        Check.Agrees(net);
    }

    [Fact]
    public void A_class_that_is_not_sealed_can_be_derived_from()
    {
        using LoadedProject project = GeneratorRun.Of(
            "[CompiledDnn.Network(3, 8, 1)] partial class Net;\nsealed class Derived() : Net(5);").Load();

        object? made = Activator.CreateInstance(project.Type("Derived"));

        Check.Agrees(Assert.IsAssignableFrom<INetwork<float>>(made));
    }

    private static object? Property(object owner, string name)
    {
        PropertyInfo? property = owner.GetType().GetProperty(name);
        Assert.NotNull(property);
        return property.GetValue(owner);
    }
}
