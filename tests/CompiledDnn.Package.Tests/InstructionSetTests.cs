using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CompiledDnn.Package.Tests.Harness;
using Xunit;

namespace CompiledDnn.Package.Tests;

/// <summary>Native programs: what each instruction set accelerates, what is said where none is set, and how large a program is.</summary>
public class InstructionSetTests(Feed feed)
{
    // With default settings, as everything else here: 0.55 MB more than a program that prints a number.
    private const long MostBytes = 2_000_000;

    private const string Warning = "warning CDNN0200: IlcInstructionSet is not set";

    [Fact]
    public async Task Each_instruction_set_accelerates_what_the_page_of_the_warning_says()
    {
        Consumer consumer = PretrainedTests.Predicting(feed, "instructionsets");

        await Check("jit", Avx2.IsSupported, Vector256.IsHardwareAccelerated, Vector512.IsHardwareAccelerated, await consumer.Run());
        await CheckNative(consumer, "avx", "x86-64-v2,avx", Avx2.IsSupported, false, false);
        await CheckNative(consumer, "v3", "x86-64-v3", true, true, false);
        await CheckNative(consumer, "v4", "x86-64-v4", true, true, true);
        await CheckNative(consumer, "v3avx512", "x86-64-v3,avx512", true, true, true);
        await CheckNative(consumer, "native", "native", Avx2.IsSupported, Avx2.IsSupported, Avx512F.IsSupported);
    }

    [Fact]
    public async Task Without_one_the_program_is_slow_small_and_said_to_be_slow()
    {
        Consumer consumer = PretrainedTests.Predicting(feed, "noinstructionset");

        Outcome published = (await consumer.PublishNative("none", null)).Succeeds();

        published.Says(Warning).Says("<IlcInstructionSet>x86-64-v3</IlcInstructionSet>").Says("<NoWarn>$(NoWarn);CDNN0200</NoWarn>");
        await Check("none", false, false, false, await DotNet.Run(consumer.Published("none")));
        Assert.InRange(new FileInfo(consumer.Published("none")).Length, 1, MostBytes);

        // Nothing is compiled again: the warning is all that this is about.
        (await consumer.PublishNative("none", null, "-p:NoWarn=CDNN0200")).Succeeds().DoesNotSay("CDNN0200");
        (await consumer.PublishNative("none", null, "-p:CompiledDnnCheckInstructionSet=false")).Succeeds().DoesNotSay("CDNN0200");
        (await consumer.Publish("managed")).Succeeds().DoesNotSay("CDNN0200");
    }

    private static async Task CheckNative(Consumer consumer, string output, string instructionSet, bool avx2, bool vector256, bool vector512)
    {
        (await consumer.PublishNative(output, instructionSet)).Succeeds().DoesNotSay("CDNN0200");
        Outcome run = await DotNet.Run(consumer.Published(output));
        bool starts = (!vector256 || Avx2.IsSupported) && (!vector512 || Avx512F.IsSupported);
        if (starts)
        {
            await Check(instructionSet, avx2, vector256, vector512, run);
            Assert.InRange(new FileInfo(consumer.Published(output)).Length, 1, MostBytes);
        }
        else
        {
            run.FailsWith("The required instruction sets are not supported by the current CPU");
        }
    }

    private static Task Check(string what, bool avx2, bool vector256, bool vector512, Outcome run)
    {
        run.Succeeds();
        Assert.Equal((what, PretrainedTests.Expected), (what, MathF.Round(float.Parse(run.Lines[0], CultureInfo.InvariantCulture), 5)));
        Assert.Equal($"Avx2 {avx2}, 256 {vector256}, 512 {vector512}", run.Lines[1]);
        return Task.CompletedTask;
    }
}
