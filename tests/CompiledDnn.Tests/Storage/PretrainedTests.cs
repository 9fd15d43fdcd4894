using Xunit;

namespace CompiledDnn.Tests;

/// <summary>Weights inside the program: this project's file has those of seed 1.</summary>
public class PretrainedTests
{
    private static float[] Features { get; } = [0.5f, -1f, 2f, 0.25f];

    [Fact]
    public void The_network_has_the_weights_of_the_file()
    {
        var expected = new EmbeddedClassifier(seed: 1);

        Assert.Equal(expected.Parameters.Span.ToArray(), EmbeddedClassifier.Pretrained.Parameters.Span.ToArray());
        Assert.Equal(expected.Predict(Features), EmbeddedClassifier.Pretrained.Predict(Features));
    }

    [Fact]
    public void Everyone_on_any_thread_gets_the_same_one()
    {
        EmbeddedClassifier first = EmbeddedClassifier.Pretrained;

        Parallel.For(0, 100, _ => Assert.Same(first, EmbeddedClassifier.Pretrained));
    }

    [Fact]
    public void One_of_your_own_can_be_changed_and_leaves_the_others_as_they_are()
    {
        EmbeddedClassifier own = EmbeddedClassifier.CreatePretrained();
        own.Parameters.Span.Clear();

        Assert.NotSame(own, EmbeddedClassifier.CreatePretrained());
        Assert.NotSame(own, EmbeddedClassifier.Pretrained);
        Assert.Equal(new EmbeddedClassifier(seed: 1).Parameters.Span.ToArray(), EmbeddedClassifier.CreatePretrained().Parameters.Span.ToArray());
        Assert.Equal(new EmbeddedClassifier(seed: 1).Parameters.Span.ToArray(), EmbeddedClassifier.Pretrained.Parameters.Span.ToArray());
    }
}

/// <summary>A network with weights inside the program.</summary>
[Network(4, 3, 1)]
public sealed partial class EmbeddedClassifier;
