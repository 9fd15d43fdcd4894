using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>What is in the packages.</summary>
public class ContentTests(Feed feed)
{
    [Fact]
    public void There_is_a_package_for_each_library_and_symbols_for_it()
    {
        string[] files = [.. Directory.GetFiles(feed.Packages).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

        Assert.Contains($"CompiledDnn.{feed.Version}.nupkg", files);
        Assert.Contains($"CompiledDnn.{feed.Version}.snupkg", files);
        Assert.Contains($"CompiledDnn.Training.{feed.Version}.nupkg", files);
        Assert.Contains($"CompiledDnn.Training.{feed.Version}.snupkg", files);
        Assert.Contains($"CompiledDnn.Formats.{feed.Version}.nupkg", files);
        Assert.Contains($"CompiledDnn.Formats.{feed.Version}.snupkg", files);
        Assert.Contains($"CompiledDnn.Tool.{feed.Version}.nupkg", files);
        Assert.DoesNotContain(files, file => file.Contains("Generator", StringComparison.Ordinal) || file.Contains("Build", StringComparison.Ordinal));
    }

    [Fact]
    public void The_package_holds_runtime_generator_targets_and_task()
    {
        Assert.Equal(
            [
                "LICENSE", "README.md", "analyzers/dotnet/cs/CompiledDnn.CodeFixes.dll", "analyzers/dotnet/cs/CompiledDnn.Generator.dll",
                "build/CompiledDnn.targets", "buildTransitive/CompiledDnn.targets", "icon.png", "lib/net10.0/CompiledDnn.dll",
                "lib/net10.0/CompiledDnn.xml", "tasks/netstandard2.0/CompiledDnn.Build.dll",
            ],
            Files("CompiledDnn"));
    }

    [Fact]
    public void The_package_for_training_holds_its_library_alone() => Assert.Equal(
        ["LICENSE", "README.md", "icon.png", "lib/net10.0/CompiledDnn.Training.dll", "lib/net10.0/CompiledDnn.Training.xml"],
        Files("CompiledDnn.Training"));

    [Fact]
    public void The_package_for_formats_holds_its_library_alone() => Assert.Equal(
        ["LICENSE", "README.md", "icon.png", "lib/net10.0/CompiledDnn.Formats.dll", "lib/net10.0/CompiledDnn.Formats.xml"],
        Files("CompiledDnn.Formats"));

    [Fact]
    public void The_runtime_depends_on_the_frameworks_tensors_alone() =>
        Assert.Equal(["System.Numerics.Tensors"], Dependencies("CompiledDnn").Select(dependency => dependency.Attribute("id")!.Value));

    [Theory]
    [InlineData("CompiledDnn.Training")]
    [InlineData("CompiledDnn.Formats")]
    public void A_package_beside_it_depends_on_just_its_own_version_of_the_runtime_with_all_that_belongs_to_it(string id)
    {
        XElement runtime = Dependencies(id).Single(dependency => dependency.Attribute("id")!.Value == "CompiledDnn");

        Assert.Equal($"[{feed.Version}]", runtime.Attribute("version")!.Value);
        Assert.Null(runtime.Attribute("exclude"));
    }

    [Theory]
    [InlineData("CompiledDnn")]
    [InlineData("CompiledDnn.Training")]
    [InlineData("CompiledDnn.Formats")]
    [InlineData("CompiledDnn.Tool")]
    public void A_package_says_what_it_is(string id)
    {
        XElement metadata = Metadata(id);

        Assert.All(
            new[] { "description", "authors", "license", "icon", "readme", "projectUrl", "releaseNotes", "tags", "copyright", "repository" },
            name => Assert.Contains(metadata.Elements(), element => element.Name.LocalName == name));
    }

    // Whoever packs the same sources elsewhere gets the same libraries.
    [Theory]
    [InlineData("CompiledDnn")]
    [InlineData("CompiledDnn.Training")]
    [InlineData("CompiledDnn.Formats")]
    [InlineData("CompiledDnn.Tool")]
    public void No_library_names_a_folder_of_the_machine_that_packed_it(string id)
    {
        byte[] folder = Encoding.UTF8.GetBytes(Feed.Repository);
        using ZipArchive package = Open(id);
        ZipArchiveEntry[] libraries =
            [.. package.Entries.Where(entry => entry.Name.Contains("CompiledDnn", StringComparison.OrdinalIgnoreCase) && entry.Name.EndsWith(".dll", StringComparison.Ordinal))];

        Assert.NotEmpty(libraries);
        Assert.All(libraries, library => Assert.Equal((library.FullName, -1), (library.FullName, Bytes(library).AsSpan().IndexOf(folder))));
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private IEnumerable<XElement> Dependencies(string id) =>
        Metadata(id).Descendants().Where(element => element.Name.LocalName == "dependency");

    private XElement Metadata(string id)
    {
        using ZipArchive package = Open(id);
        using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    // But for what makes a package of any zip file.
    private string[] Files(string id)
    {
        using ZipArchive package = Open(id);
        return
        [
            .. package.Entries
                .Select(entry => entry.FullName)
                .Where(name => name is not ("_rels/.rels" or "[Content_Types].xml") && !name.EndsWith(".nuspec", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(feed.Packages, $"{id}.{feed.Version}.nupkg"));
}
