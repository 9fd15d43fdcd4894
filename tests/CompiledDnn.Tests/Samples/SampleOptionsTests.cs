using Samples;
using Xunit;

namespace CompiledDnn.Tests.Samples;

public sealed class SampleOptionsTests
{
    private static readonly SampleOptions s_defaults = new() { Epochs = 40 };

    [Fact]
    public void Without_arguments_the_defaults_hold() => Assert.Equal(s_defaults, SampleOptions.Read([], s_defaults));

    [Fact]
    public void Options_are_read_in_any_order()
    {
        string file = Path.Combine(Path.GetTempPath(), "digits.safetensors");

        SampleOptions options = SampleOptions.Read(["--seed", "7", "--save", file, "--epochs", "3", "--checkpoints", "run", "--curve", "cost.svg"], s_defaults);

        Assert.Equal(new SampleOptions { Epochs = 3, Seed = 7, Save = file, Checkpoints = new("run"), Curve = "cost.svg" }, options);
    }

    [Theory]
    [InlineData("'--bogus' is not an option of this sample.", "--bogus")]
    [InlineData("'12' is not an option of this sample.", "--epochs", "3", "12")]
    [InlineData("--epochs takes a whole number from 1 on, but it is followed by nothing.", "--epochs")]
    [InlineData("--epochs takes a whole number from 1 on, but it is followed by '0'.", "--epochs", "0")]
    [InlineData("--epochs takes a whole number from 1 on, but it is followed by '--seed'.", "--epochs", "--seed", "3")]
    [InlineData("--seed takes a whole number from 0 on, but it is followed by '1.5'.", "--seed", "1.5")]
    [InlineData("--seed takes a whole number from 0 on, but it is followed by '99999999999'.", "--seed", "99999999999")]
    [InlineData("--save takes the name of a file, but it is followed by nothing.", "--save")]
    [InlineData("--save takes the name of a file, but it is followed by '--seed'.", "--save", "--seed", "1")]
    [InlineData("--save takes the name of a file, but it is followed by '.'.", "--save", ".")]
    [InlineData("--curve takes the name of a file, but it is followed by nothing.", "--curve")]
    [InlineData("--checkpoints takes the name of a folder, but it is followed by nothing.", "--checkpoints")]
    [InlineData("--checkpoints takes the name of a folder, but it is followed by '--seed'.", "--checkpoints", "--seed", "1")]
    public void A_mistake_is_named_and_what_was_expected(string message, params string[] args) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => SampleOptions.Read(args, s_defaults)).Message);

    [Fact]
    public void A_folder_that_is_not_there_is_noticed_before_training()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var mistake = Assert.Throws<FormatException>(() => SampleOptions.Read(["--save", Path.Combine(folder, "net")], s_defaults));

        Assert.EndsWith($"there is no folder '{folder}'.", mistake.Message, StringComparison.Ordinal);
    }
}
