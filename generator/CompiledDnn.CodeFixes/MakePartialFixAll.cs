using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace CompiledDnn.CodeFixes;

/// <summary>Fixes all at once, so that a type around two networks gets its <c>partial</c> once.</summary>
internal sealed class MakePartialFixAll : FixAllProvider
{
    public static readonly MakePartialFixAll Instance = new();

    private MakePartialFixAll()
    {
    }

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        ImmutableArray<Diagnostic> diagnostics = await CollectAsync(fixAllContext).ConfigureAwait(false);
        return diagnostics.IsEmpty
            ? null
            : CodeAction.Create(
                MakePartialCodeFix.Title,
                cancellationToken => PartialModifiers.AddAsync(fixAllContext.Solution, diagnostics, cancellationToken),
                equivalenceKey: nameof(MakePartialCodeFix));
    }

    private static async Task<ImmutableArray<Diagnostic>> CollectAsync(FixAllContext context)
    {
        switch (context.Scope)
        {
            case FixAllScope.Project:
                return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
            case FixAllScope.Solution:
                var perProject = await Task.WhenAll(context.Solution.Projects
                    .Where(project => project.Language == LanguageNames.CSharp)
                    .Select(context.GetAllDiagnosticsAsync)).ConfigureAwait(false);
                return [.. perProject.SelectMany(diagnostics => diagnostics)];
            default:
                return context.Document is { } document
                    ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                    : [];
        }
    }
}
