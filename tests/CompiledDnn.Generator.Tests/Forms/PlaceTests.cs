using CompiledDnn.Generator.Tests.Harness;
using Xunit;

namespace CompiledDnn.Generator.Tests.Forms;

/// <summary>Where a class can stand and what it can be called: everything compiles without a warning and computes what it should.</summary>
public class PlaceTests
{
    private const string Network = "[CompiledDnn.Network(3, 8, 1)] ";

    // CS8981 warns of names in lower case; who uses one turns it off in the file, and the emitted file must follow.
    private const string AllowLowerCase = "#pragma warning disable CS8981\n";

    [Theory]
    [InlineData("{0}partial class Net;", "Net")]
    [InlineData("namespace A;\n{0}partial class Net;", "A.Net")]
    [InlineData("namespace A.B { namespace C { {0}partial class Net; } }", "A.B.C.Net")]
    [InlineData("partial class Outer { {0}internal partial class Net; }", "Outer+Net")]
    [InlineData("static partial class Outer { {0}public partial class Net; }", "Outer+Net")]
    [InlineData("abstract partial class Outer { {0}protected partial class Net; }", "Outer+Net")]
    [InlineData("abstract partial class Outer { {0}protected internal partial class Net; }", "Outer+Net")]
    [InlineData("abstract partial class Outer { {0}private protected partial class Net; }", "Outer+Net")]
    [InlineData("partial struct Outer { {0}private partial class Net; }", "Outer+Net")]
    [InlineData("readonly ref partial struct Outer { {0}private partial class Net; }", "Outer+Net")]
    [InlineData("partial record Outer(int X) { {0}private partial class Net; }", "Outer+Net")]
    [InlineData("partial record class Outer { {0}private partial class Net; }", "Outer+Net")]
    [InlineData("readonly partial record struct Outer(int X) { {0}private partial class Net; }", "Outer+Net")]
    [InlineData("partial interface IOuter { {0}partial class Net; }", "IOuter+Net")]
    [InlineData("namespace A;\npartial class B { partial struct C { partial record D { partial record struct E { partial interface F { {0}private sealed partial class Net; } } } } }", "A.B+C+D+E+F+Net")]
    public void In_any_place(string form, string name) => Runs(form, name);

    [Theory]
    [InlineData("{0}sealed partial class Net;", "Net")]
    [InlineData("{0}internal partial class Net { }", "Net")]
    [InlineData("/// <summary>Seen from outside.</summary>\n{0}public partial class Net;", "Net")]
    [InlineData("/// <summary>Seen from outside.</summary>\npublic partial class Outer { /// <summary>As this.</summary>\n{0}public sealed partial class Net; }", "Outer+Net")]
    [InlineData("{0}partial class Net;\nsealed partial class Net;\npartial class Net { public int Extra => 1; }", "Net")]
    public void With_any_modifiers(string form, string name) => Runs(form, name);

    [Theory]
    [InlineData("{0}partial class @class;", "class")]
    [InlineData("namespace @event.@new;\n{0}partial class @class;", "event.new.class")]
    [InlineData("namespace @namespace { partial struct @struct { {0}partial class @float; } }", "namespace.struct+float")]
    [InlineData("partial interface @interface { {0}partial class @void; }", "interface+void")]
    [InlineData("{0}partial class @record;", "record")]
    [InlineData("{0}partial class @partial;", "partial")]
    [InlineData("{0}partial class @await;", "await")]
    [InlineData("{0}partial class @var;", "var")]
    [InlineData("{0}partial class @field;", "field")]
    [InlineData("{0}partial class @extension;", "extension")]
    [InlineData("{0}partial class @int; class Other { int X => new @int().Shape.InputSize; }", "int")]
    public void With_a_keyword_for_a_name(string form, string name) => Runs(form, name);

    [Theory]
    [InlineData("{0}partial class Größe;", "Größe")]
    [InlineData("namespace Ñandú.数;\n{0}partial class Сеть;", "Ñandú.数.Сеть")]
    [InlineData("{0}partial class e\u0301tat;", "e\u0301tat")]
    [InlineData("{0}partial class _;", "_")]
    [InlineData("{0}partial class İstanbul;", "İstanbul")]
    [InlineData("{0}partial class system;", "system")]
    [InlineData("{0}partial class global;", "global")]
    [InlineData("{0}partial class m;", "m")]
    [InlineData("{0}partial class state;", "state")]
    public void With_an_unusual_name(string form, string name) => Runs(form, name);

    [Theory]
    [InlineData("namespace A { {0}partial class Net; } namespace B { {0}partial class Net; }", "A.Net", "B.Net")]
    [InlineData("namespace A { {0}partial class Net; } partial class A_ { {0}partial class Net; } {0}partial class Net;", "A.Net", "A_+Net", "Net")]
    [InlineData("namespace A.B { {0}partial class Net; } namespace A { partial class C { {0}partial class Net; } }", "A.B.Net", "A.C+Net")]
    [InlineData("namespace A { {0}partial class Net; } namespace a { {0}partial class Net; }", "A.Net", "a.Net")]
    [InlineData("partial class A { {0}partial class Net; } partial class a_ { {0}partial class net; } partial class A_ { {0}partial class Net; }", "A+Net", "a_+net", "A_+Net")]
    [InlineData("namespace X.A { {0}partial class Net; {0}partial class NET; } namespace X { partial class a { {0}partial class Net; } }", "X.A.Net", "X.A.NET", "X.a+Net")]
    public void Beside_others_of_nearly_the_same_name(string form, params string[] names)
    {
        GeneratorRun run = GeneratorRun.Of(Fill(form));
        using LoadedProject project = run.Load();

        Assert.Equal(names.Length, run.Texts.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Check.Agrees(project.Create<float>(name)));
    }

    private static void Runs(string form, string name)
    {
        using LoadedProject project = GeneratorRun.Of(Fill(form)).Load();

        Check.Agrees(project.Create<float>(name));
    }

    private static string Fill(string form) => AllowLowerCase + form.Replace("{0}", Network, StringComparison.Ordinal);
}
