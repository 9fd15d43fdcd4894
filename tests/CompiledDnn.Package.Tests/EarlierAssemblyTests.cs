using System.Globalization;
using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>Libraries that were built with earlier packages run with the present ones: <c>Earlier/README.md</c>.</summary>
public class EarlierAssemblyTests(Feed feed)
{
    private const string Assembly = "Earlier.dll";
    private const string Printed = "printed.txt";

    // Of a number, or of 1: what sums in another order, on another processor, make of a few steps in single precision.
    private const double Tolerance = 1e-3;

    private static string Records { get; } = Path.Combine(Feed.Repository, "tests", "CompiledDnn.Package.Tests", "Earlier");

    /// <summary>The folders of the records.</summary>
    public static TheoryData<string> Names { get; } = [.. Directory.GetDirectories(Records).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_finds_all_that_it_calls_and_prints_the_same_numbers(string name)
    {
        string record = Path.Combine(Records, name);
        Consumer consumer = feed.Consumer($"earlier-{name}").Project(
            "RunEarlier.cs", "CompiledDnn.Training", $"""<ItemGroup><Reference Include="{Path.Combine(record, Assembly)}" /></ItemGroup>""");

        Outcome run = (await consumer.Run()).Succeeds();

        string[] expected = await File.ReadAllLinesAsync(Path.Combine(record, Printed), TestContext.Current.CancellationToken);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Length, run.Lines.Length);
        Assert.All(expected.Zip(run.Lines), pair => Same(pair.First.Split(' '), pair.Second.Split(' ')));
    }

    private static void Same(string[] expected, string[] printed)
    {
        Assert.Equal(expected[0], printed[0]);
        Assert.Equal(expected.Length, printed.Length);
        for (int i = 1; i < expected.Length; i++)
        {
            double number = double.Parse(expected[i], CultureInfo.InvariantCulture);
            double tolerance = Tolerance * Math.Max(1, Math.Abs(number));
            Assert.InRange(double.Parse(printed[i], CultureInfo.InvariantCulture), number - tolerance, number + tolerance);
        }
    }
}
