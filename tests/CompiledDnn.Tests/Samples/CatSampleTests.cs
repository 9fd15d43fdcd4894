using Samples.Cats;
using Xunit;

namespace CompiledDnn.Tests;

public class CatSampleTests
{
    [Fact]
    public void Drawn_pictures_are_as_many_as_the_course_has()
    {
        CatData data = CatPictures.Draw(seed: 1);

        Assert.Equal((209, 72), (data.Train.Count, data.Train.CatCount));
        Assert.Equal((50, 33), (data.Test.Count, data.Test.CatCount));
        Assert.Equal(209 * 12288, data.Train.Pixels.Length);
        Assert.Equal(259, data.Train.Pixels.Concat(data.Test.Pixels).Chunk(Pictures.Size).DistinctBy(Convert.ToHexString).Count());
    }

    [Fact]
    public void Drawn_pictures_follow_from_the_seed()
    {
        CatData data = CatPictures.Draw(seed: 1);

        Assert.Equal(data.Test.Pixels, CatPictures.Draw(seed: 1).Test.Pixels);
        Assert.NotEqual(data.Test.Pixels, CatPictures.Draw(seed: 2).Test.Pixels);
    }

    [Fact]
    public void Inputs_are_the_pixels_over_255_and_targets_the_labels()
    {
        var pictures = new Pictures([0, 51, 255], [1, 0]);

        Assert.Equal([0.0, 0.2, 1.0], pictures.Inputs<double>());
        Assert.Equal([0f, 0.2f, 1f], pictures.Inputs<float>());
        Assert.Equal([1.0, 0.0], pictures.Targets<double>());
    }

    [Fact]
    public void The_command_line_has_the_course_as_its_default()
    {
        Options options = Options.Parse([]);

        Assert.Equal((null, 2500, 0.0075, true, Start.Course, 1), (options.Data, options.Iterations, options.LearningRate, options.IsDouble, options.Initializer, options.Seed));
    }

    [Fact]
    public void Every_option_is_read()
    {
        Options options = Options.Parse(
            ["--data", "here", "--iterations", "7", "--learning-rate", "1e-3", "--precision", "float", "--initializer", "notebook", "--seed", "0"]);

        Assert.Equal(("here", 7, 0.001, false, Start.Notebook, 0), (options.Data, options.Iterations, options.LearningRate, options.IsDouble, options.Initializer, options.Seed));
        Assert.True(Options.Parse(["--help"]).AsksForHelp);
    }

    [Theory]
    [InlineData("There is no option '--rate'", "--rate", "1")]
    [InlineData("There is no option 'data'", "data")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("--data needs a value", "--data", "--seed", "1")]
    [InlineData("but got '0'", "--iterations", "0")]
    [InlineData("but got '2.5'", "--iterations", "2.5")]
    [InlineData("but got '99999999999'", "--iterations", "99999999999")]
    [InlineData("but got '-1'", "--seed", "-1")]
    [InlineData("but got '0'", "--learning-rate", "0")]
    [InlineData("but got 'NaN'", "--learning-rate", "NaN")]
    [InlineData("but got 'fast'", "--learning-rate", "fast")]
    [InlineData("double or float, but got 'half'", "--precision", "half")]
    [InlineData("course or notebook, but got 'he'", "--initializer", "he")]
    public void A_wrong_option_is_named(string expected, params string[] arguments)
    {
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Options.Parse(arguments)).Message, StringComparison.Ordinal);
    }
}
