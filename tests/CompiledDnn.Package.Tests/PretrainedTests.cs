using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>Weights inside a program that uses the package.</summary>
public class PretrainedTests(Feed feed)
{
    private const string Item = """<ItemGroup><NetworkWeights Include="classifier.safetensors" Network="Classifier" /></ItemGroup>""";
    private const string Manifest = "obj/Debug/net10.0/networkweights/Classifier.classifier.safetensors.networkweights.txt";

    /// <summary>What the program predicts, to five digits.</summary>
    public static float Expected { get; } = MathF.Round(new Classifier(seed: 1).Predict([.. Enumerable.Range(0, Classifier.InputSize).Select(i => i / 16f)]), 5);

    [Fact]
    public async Task Weights_that_do_not_fit_are_a_compile_error_at_the_class_until_they_do()
    {
        Consumer consumer = Predicting(feed, "misfit").Change("Predict.cs", "[Network(30, 16, 8, 1)]", "[Network(30, 16, 1)]");

        (await consumer.DotNet("build"))
            .FailsWith("Predict.cs(16,31): error CDNN0027: 'Classifier': the weights in 'classifier.safetensors' cannot be used: the file has [30, 16, 8, 1], but the network is [30, 16, 1]");

        new Narrow().Save(Path.Combine(consumer.Folder, "classifier.safetensors"));
        (await consumer.DotNet("build")).Succeeds();
    }

    [Fact]
    public async Task A_program_that_gets_the_package_by_way_of_another_has_its_targets_too() =>
        (await Predicting(feed, "transitive", "CompiledDnn.Training").Run()).Succeeds();

    [Fact]
    public async Task The_file_is_read_again_only_after_it_changed_and_also_when_an_editor_builds()
    {
        Consumer consumer = Predicting(feed, "incremental");
        (await consumer.DotNet("build")).Succeeds();
        string manifest = Path.Combine(consumer.Folder, Manifest);
        DateTime first = File.GetLastWriteTimeUtc(manifest);

        (await consumer.DotNet("build", "--no-restore")).Succeeds();
        Assert.Equal(first, File.GetLastWriteTimeUtc(manifest));

        // What an editor asks for to show errors: everything up to the compiler, which is not run.
        File.SetLastWriteTimeUtc(Path.Combine(consumer.Folder, "classifier.safetensors"), DateTime.UtcNow);
        (await consumer.DotNet(
            "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-p:SkipCompilerExecution=true",
            "-p:ProvideCommandLineArgs=true", "-getItem:AdditionalFiles")).Succeeds().Says("Classifier.classifier.safetensors.networkweights.txt");
        Assert.True(File.GetLastWriteTimeUtc(manifest) > first);

        (await consumer.DotNet("clean")).Succeeds();
        Assert.False(File.Exists(manifest));
    }

    [Fact]
    public async Task Mistakes_in_the_project_file_are_errors_with_a_code()
    {
        Consumer consumer = Predicting(feed, "mistakes");

        consumer.Change("Program.csproj", " Network=\"Classifier\"", "");
        (await consumer.DotNet("build")).FailsWith("error CDNN0201: NetworkWeights 'classifier.safetensors' does not say for which network");

        consumer.Change("Program.csproj", "<NetworkWeights", "<NetworkWeights Network=\"Classifiers\"");
        (await consumer.DotNet("build", "--no-restore"))
            .FailsWith("error CDNN0028: 'Classifiers' is to have the weights in 'classifier.safetensors', but is the name of no single network class: give Network in the project file as one of Classifier");

        consumer.Change("Program.csproj", "Classifiers", "Classifier").Write("classifier.safetensors", "<html>404</html>");
        (await consumer.DotNet("build", "--no-restore"))
            .FailsWith("error CDNN0027: 'Classifier': the weights in 'classifier.safetensors' cannot be used: byte 0: the header would have 3473469848023230524 bytes, but the format allows 100000000; this is no safetensors file; it looks like a web page");

        File.Delete(Path.Combine(consumer.Folder, "classifier.safetensors"));
        (await consumer.DotNet("build", "--no-restore")).FailsWith("error CDNN0202: The weights of the network 'Classifier' cannot be read from 'classifier.safetensors'");

        Directory.CreateDirectory(Path.Combine(consumer.Folder, "classifier.safetensors"));
        (await consumer.DotNet("build", "--no-restore"))
            .FailsWith("error CDNN0202: The weights of the network 'Classifier' cannot be read from 'classifier.safetensors': expected a file, but this is a folder; name the file in it.");
    }

    [Fact]
    public async Task A_text_for_the_compiler_that_cannot_be_written_is_an_error_with_what_to_do()
    {
        Consumer consumer = Predicting(feed, "unwritable");
        string manifest = Path.Combine(consumer.Folder, Manifest);
        Directory.CreateDirectory(manifest);

        (await consumer.DotNet("build")).FailsWith(
            "error CDNN0203: What the weights 'classifier.safetensors' of the network 'Classifier' hold cannot be written to "
            + $"'{Manifest}', where the compiler looks for it: There is a folder of this name. Remove what is there under these names");

        Directory.Delete(Path.GetDirectoryName(manifest)!, recursive: true);
        File.WriteAllText(Path.GetDirectoryName(manifest)!, "a file where the folder is to be");
        (await consumer.DotNet("build", "--no-restore")).FailsWith("error CDNN0203: What the weights 'classifier.safetensors' of the network 'Classifier' hold cannot be written to");

        File.Delete(Path.GetDirectoryName(manifest)!);
        (await consumer.DotNet("build", "--no-restore")).Succeeds();
    }

    /// <summary>A program that predicts with weights inside it.</summary>
    internal static Consumer Predicting(Feed feed, string name, string package = "CompiledDnn")
    {
        Consumer consumer = feed.Consumer(name).Project("Predict.cs", package, Item);
        new Classifier(seed: 1).Save(Path.Combine(consumer.Folder, "classifier.safetensors"));
        return consumer;
    }
}

/// <summary>The network of the program, with the weights that it gets.</summary>
[Network(30, 16, 8, 1)]
internal sealed partial class Classifier;

/// <summary>Another, that the program does not have.</summary>
[Network(30, 16, 1)]
internal sealed partial class Narrow;
