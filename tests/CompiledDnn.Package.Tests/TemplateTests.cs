using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>The template for dotnet new.</summary>
public class TemplateTests(Feed feed)
{
    [Fact]
    public async Task A_project_made_of_it_learns_as_it_is()
    {
        Consumer consumer = feed.Consumer("Spirals");
        string templates = Path.Combine(feed.Packages, $"CompiledDnn.Templates.{feed.Version}.nupkg");

        // A hive of their own, so that what a user has installed stays as it is.
        string hive = Path.Combine(consumer.Folder, "hive");
        (await consumer.New(hive, "install", templates)).Succeeds();
        (await consumer.New(hive, "compileddnn", "-o", ".")).Succeeds();
        Outcome run = await consumer.RunProject("Spirals.csproj");

        run.Succeeds();
        Assert.Matches(@"^test accuracy: (0\.9[7-9]|1\.0)\d*$", run.Lines[^1]);
    }
}
