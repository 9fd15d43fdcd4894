using CompiledDnn.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>A user's project with the settings of a new one, every warning an error, and every doc comment read.</summary>
internal static class Project
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        nullableContextOptions: NullableContextOptions.Enable,
        allowUnsafe: false);

    /// <summary>A project of these files and the implicit usings.</summary>
    public static CSharpCompilation Create(params string[] sources) => CSharpCompilation.Create(
        "UserProject",
        [.. sources.Select((source, i) => ParseFile(source, FileName(i))), ParseFile(ImplicitUsings, "GlobalUsings.cs")],
        References.All,
        Options);

    /// <summary>The path of the file of a project, counted from 0.</summary>
    public static string FileName(int index) => FormattableString.Invariant($"File{index}.cs");

    /// <summary>Parses a file of the project.</summary>
    public static SyntaxTree ParseFile(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path, System.Text.Encoding.UTF8, TestContext.Current.CancellationToken);
}
