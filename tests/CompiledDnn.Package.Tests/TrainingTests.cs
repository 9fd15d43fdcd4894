using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>A program that names the package for training alone, and gets the generator and the targets by way of it.</summary>
public class TrainingTests(Feed feed)
{
    private const string Says = "200 True True";

    [Fact]
    public async Task It_builds_runs_and_is_published_trimmed_and_native()
    {
        Consumer consumer = feed.Consumer("training").Project("Train.cs", "CompiledDnn.Training");

        (await consumer.Run()).Succeeds().Says(Says);

        (await consumer.Publish("trimmed", "-p:PublishTrimmed=true", "--self-contained")).Succeeds();
        (await DotNet.Run(consumer.Published("trimmed"))).Succeeds().Says(Says);

        (await consumer.PublishNative("native", "native")).Succeeds();
        (await DotNet.Run(consumer.Published("native"))).Succeeds().Says(Says);
    }
}
