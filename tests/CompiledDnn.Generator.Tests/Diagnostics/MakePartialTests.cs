using CompiledDnn.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace CompiledDnn.Generator.Tests.Diagnostics;

/// <summary>The code fix for CDNN0001, one by one and for all at once.</summary>
public class MakePartialTests
{
    [Theory]
    [InlineData("class {|CDNN0001:Net|};", "partial class Net;")]
    [InlineData("public sealed class {|CDNN0001:Net|};", "public sealed partial class Net;")]
    [InlineData("public /* why */ class /* what */ {|CDNN0001:Net|};", "public /* why */ partial class /* what */ Net;")]
    [InlineData("/* before */ class {|CDNN0001:Net|};", "/* before */ partial class Net;")]
    [InlineData("public unsafe\n    class {|CDNN0001:Net|};", "public unsafe\n    partial class Net;")]
    public Task The_modifier_is_put_before_the_keyword(string declaration, string expected) => Check(
        $"[Network(2, 1)]\n{declaration}",
        $"[Network(2, 1)]\n{expected}");

    [Fact]
    public Task Comments_and_documentation_stay_where_they_are() => Check(
        """
        /// <summary>A network.</summary>
        [Network(2, 1)] // two inputs
        // one output
        class {|CDNN0001:Net|}
        {
            // a body
            int x;
        }
        """,
        """
        /// <summary>A network.</summary>
        [Network(2, 1)] // two inputs
        // one output
        partial class Net
        {
            // a body
            int x;
        }
        """);

    [Fact]
    public Task The_whole_chain_around_the_class_is_fixed() => Check(
        """
        public interface A
        {
            public readonly struct B
            {
                record struct C
                {
                    /// <summary>Why.</summary>
                    record D
                    {
                        partial class E
                        {
                            ref struct F
                            {
                                [Network(2, 1)]
                                class {|CDNN0001:Net|};
                            }
                        }
                    }
                }
            }
        }
        """,
        """
        public partial interface A
        {
            public readonly partial struct B
            {
                partial record struct C
                {
                    /// <summary>Why.</summary>
                    partial record D
                    {
                        partial class E
                        {
                            ref partial struct F
                            {
                                [Network(2, 1)]
                                partial class Net;
                            }
                        }
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Two_networks_in_one_type_make_it_partial_once() => Check(
        """
        class Outer
        {
            [Network(2, 1)]
            class {|CDNN0001:Net1|};

            [Network(3, 1)]
            partial class {|CDNN0001:Net2|};
        }

        [Network(4, 1)]
        class {|CDNN0001:Net3|};
        """,
        """
        partial class Outer
        {
            [Network(2, 1)]
            partial class Net1;

            [Network(3, 1)]
            partial class Net2;
        }

        [Network(4, 1)]
        partial class Net3;
        """,
        steps: 2);

    [Fact]
    public Task Parts_in_other_files_are_fixed_too()
    {
        var test = new FixTest
        {
            TestState =
            {
                Sources =
                {
                    "using CompiledDnn;\npartial class Outer { [Network(2, 1)] partial class {|CDNN0001:Net|}; }",
                    "// the other part\nclass {|CS0260:Outer|} { public class {|CS0260:Net|} { int x; } }",
                    "partial class Outer { class Unrelated; }",
                },
            },
            FixedState =
            {
                Sources =
                {
                    "using CompiledDnn;\npartial class Outer { [Network(2, 1)] partial class Net; }",
                    "// the other part\npartial class Outer { public partial class Net { int x; } }",
                    "partial class Outer { class Unrelated; }",
                },
            },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Networks_in_two_files_are_fixed_together()
    {
        var test = new FixTest
        {
            TestState =
            {
                Sources =
                {
                    "using CompiledDnn;\n[Network(2, 1)] class {|CDNN0001:Net1|};",
                    "using CompiledDnn;\n[Network(2, 1)] class {|CDNN0001:Net2|};",
                },
            },
            FixedState =
            {
                Sources =
                {
                    "using CompiledDnn;\n[Network(2, 1)] partial class Net1;",
                    "using CompiledDnn;\n[Network(2, 1)] partial class Net2;",
                },
            },
            NumberOfIncrementalIterations = 2,
            NumberOfFixAllInDocumentIterations = 2,
            NumberOfFixAllInProjectIterations = 1,
            NumberOfFixAllIterations = 1,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task Check(string source, string expected, int steps = 1)
    {
        var test = new FixTest
        {
            TestCode = "using CompiledDnn;\n" + source,
            FixedCode = "using CompiledDnn;\n" + expected,
            NumberOfIncrementalIterations = steps,
            NumberOfFixAllIterations = 1,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class FixTest : CSharpCodeFixTest<NetworkAnalyzer, MakePartialCodeFix, DefaultVerifier>
    {
        public FixTest()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(References.All);
        }

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

        protected override CompilationOptions CreateCompilationOptions() =>
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);
    }
}
