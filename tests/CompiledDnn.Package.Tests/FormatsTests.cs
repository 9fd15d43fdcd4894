using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>A program that names the package for formats alone, and gets the generator and the targets by way of it.</summary>
public class FormatsTests(Feed feed)
{
    private const string Says = "True 2,2";

    [Fact]
    public async Task It_builds_runs_and_is_published_natively()
    {
        Consumer consumer = feed.Consumer("formats").Project("Convert.cs", "CompiledDnn.Formats");

        (await consumer.Run()).Succeeds().Says(Says).Says("page.onnx, byte 0: ");

        (await consumer.PublishNative("native", "native")).Succeeds();
        (await DotNet.Run(consumer.Published("native"))).Succeeds().Says(Says).Says("page.onnx, byte 0: ");
    }
}
