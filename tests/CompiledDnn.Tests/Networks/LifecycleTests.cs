using Xunit;
using static CompiledDnn.Tests.Networks.Subjects;

namespace CompiledDnn.Tests.Networks;

/// <summary>Calls out of order and wrong arguments: the right exception, in words that say what came, and parameters unchanged.</summary>
public class LifecycleTests
{
    private static readonly float[] s_x = [1, 2, 3, 4, 5, 6];
    private static readonly float[] s_y = [1, 0, 0, 1];

    private readonly Classifier _net = new(seed: 1);
    private readonly Classifier.Workspace _state;
    private readonly float[] _before;

    public LifecycleTests()
    {
        _state = _net.CreateWorkspace(2);
        _before = _net.Parameters.Span.ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(2)]
    public void Inputs_that_are_not_whole_examples_are_refused(int length)
    {
        var x = new float[length];
        Refused<ArgumentException>(() => _net.Forward(x, _state), "Classifier.Forward", "3 numbers", $"{length} numbers");
        Refused<ArgumentException>(() => _net.Predict(x, new float[2]), "Classifier.Predict", "3 numbers", $"{length} numbers");
        Refused<ArgumentException>(() => _net.DescendStep(x, s_y, _state, 0.1f), "Classifier.DescendStep", "3 numbers", $"{length} numbers");
    }

    [Fact]
    public void Outputs_of_another_length_are_refused() =>
        Refused<ArgumentException>(() => _net.Predict(s_x, new float[3]), "Classifier.Predict", "2 examples", "2 × 2", "room for 3");

    [Fact]
    public void A_prediction_that_returns_a_number_takes_one_example()
    {
        var net = new Binary();

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => net.Predict(s_x));

        Assert.Contains("Binary.Predict: x has 2 examples", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_examples_than_the_workspace_has_room_for_are_refused() =>
        Refused<ArgumentException>(() => _net.Forward(new float[9], _state), "Classifier.Forward", "3 examples", "created for 2");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_workspace_for_no_examples_is_refused(int batchSize)
    {
        Refused<ArgumentOutOfRangeException>(() => _net.CreateWorkspace(batchSize), "Classifier", "at least 1", $"{batchSize}");
        Refused<ArgumentOutOfRangeException>(() => Classifier.WorkspaceBytes(batchSize), "Classifier", "at least 1", $"{batchSize}");
    }

    [Fact]
    public void A_workspace_larger_than_a_block_can_be_is_refused() =>
        Refused<ArgumentOutOfRangeException>(() => _net.CreateWorkspace(int.MaxValue), "Classifier.CreateWorkspace", $"{int.MaxValue} examples");

    [Fact]
    public void A_step_before_Forward_is_refused()
    {
        Refused<InvalidOperationException>(() => _net.Cost(s_y, _state), "Classifier.Cost", "Forward");
        Refused<InvalidOperationException>(() => _net.Cost([0, 1], _state), "Classifier.Cost", "Forward");
        Refused<InvalidOperationException>(() => _net.OutputGradient(s_y, _state), "Classifier.OutputGradient", "Forward");
        Refused<InvalidOperationException>(() => _net.OutputGradient([0, 1], _state), "Classifier.OutputGradient", "Forward");
        Refused<InvalidOperationException>(() => _net.Backward(s_x, _state), "Classifier.Backward", "Forward");
        Refused<InvalidOperationException>(() => _net.Update(_state, 0.1f), "Classifier.Update", "Backward");
    }

    [Fact]
    public void Backward_with_another_number_of_examples_is_refused_and_the_right_one_goes_on()
    {
        _net.Forward(s_x, _state);
        _net.OutputGradient(s_y, _state);

        Refused<InvalidOperationException>(() => _net.Backward(s_x.AsSpan(0, 3), _state), "Classifier.Backward", "1 examples", "had 2");

        _net.Backward(s_x, _state);
        Assert.NotEqual(0, _state.DW1[0, 0] + _state.DB2[0]);
    }

    [Fact]
    public void Update_needs_the_gradients_of_Backward_each_time()
    {
        _net.Forward(s_x, _state);
        Refused<InvalidOperationException>(() => _net.Update(_state, 0.1f), "Classifier.Update", "Backward", "Forward");
        _net.OutputGradient(s_y, _state);
        Refused<InvalidOperationException>(() => _net.Update(_state, 0.1f), "Classifier.Update", "Backward", "OutputGradient");
        _net.Backward(s_x, _state);
        _net.Update(_state, 0);

        Refused<InvalidOperationException>(() => _net.Update(_state, 0.1f), "Classifier.Update", "Backward", "Update");
        Refused<InvalidOperationException>(() => _net.OutputGradient(s_y, _state), "Classifier.OutputGradient", "Update", "Forward");
        Refused<InvalidOperationException>(() => _net.Backward(s_x, _state), "Classifier.Backward", "Update", "Forward");
    }

    [Fact]
    public void Targets_of_another_length_are_refused()
    {
        _net.Forward(s_x, _state);

        Refused<ArgumentException>(() => _net.Cost(new float[3], _state), "Classifier.Cost", "2 × 2", "3");
        Refused<ArgumentException>(() => _net.OutputGradient(new float[5], _state), "Classifier.OutputGradient", "2 × 2", "5");
        Refused<ArgumentException>(() => _net.Backward(s_x, new float[5], _state), "Classifier.OutputGradient", "2 × 2", "5");
        Refused<ArgumentException>(() => _net.DescendStep(s_x, new float[3], _state, 0.1f), "Classifier.DescendStep", "2 × 2", "3");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Labels_out_of_range_are_refused(int label)
    {
        _net.Forward(s_x, _state);

        Refused<ArgumentOutOfRangeException>(() => _net.Cost([0, label], _state), "Classifier.Cost", "0 to 1", "example 1", $"{label}");
        Refused<ArgumentOutOfRangeException>(() => _net.OutputGradient([label, 0], _state), "Classifier.OutputGradient", "0 to 1", "example 0", $"{label}");
        Refused<ArgumentOutOfRangeException>(() => _net.Backward(s_x, [label, 0], _state), "Classifier.OutputGradient", $"{label}");
        Refused<ArgumentOutOfRangeException>(() => _net.DescendStep(s_x, [0, label], _state, 0.1f), "Classifier.DescendStep", $"{label}");
    }

    [Fact]
    public void Another_number_of_labels_is_refused()
    {
        _net.Forward(s_x, _state);

        Refused<ArgumentException>(() => _net.Cost([0], _state), "Classifier.Cost", "2 labels", "got 1");
        Refused<ArgumentException>(() => _net.OutputGradient([0, 1, 0], _state), "Classifier.OutputGradient", "2 labels", "got 3");
    }

    [Fact]
    public void Labels_are_refused_by_a_loss_that_takes_none()
    {
        var net = new Binary();
        INetwork<float> any = net;
        NetworkWorkspace<float> state = any.CreateWorkspace(2);
        any.Forward(s_x, state);

        Assert.False(any.TakesLabels);
        Contains(Assert.Throws<NotSupportedException>(() => any.Cost([0, 1], state)), "Binary", "rows of 1");
        Contains(Assert.Throws<NotSupportedException>(() => any.OutputGradient([0, 1], state)), "Binary", "rows of 1");
        Contains(Assert.Throws<NotSupportedException>(() => any.DescendStep(s_x, [0, 1], state, 0.1f)), "Binary", "rows of 1");
    }

    [Theory]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_learning_rate_that_is_negative_or_not_finite_is_refused(float rate)
    {
        string came = rate.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Refused<ArgumentOutOfRangeException>(() => _net.DescendStep(s_x, s_y, _state, rate), "Classifier.DescendStep", "finite", came);
        Refused<ArgumentOutOfRangeException>(() => _net.DescendStep(s_x, [0, 1], _state, rate), "Classifier.DescendStep", "finite", came);
        _net.Forward(s_x, _state);
        _net.Backward(s_x, s_y, _state);
        Refused<ArgumentOutOfRangeException>(() => _net.Update(_state, rate), "Classifier.Update", "finite", came);

        // The gradients are still there.
        _net.Update(_state, 0.5f);
        Assert.False(_before.AsSpan().SequenceEqual(_net.Parameters.Span));
    }

    [Fact]
    public void Another_networks_workspace_is_refused_by_every_step()
    {
        INetwork<float> any = _net;
        NetworkWorkspace<float> other = new OtherClassifier().CreateWorkspace(2);
        string[] mentions = ["Classifier", "OtherClassifier [3, 5, 2]", "Classifier.CreateWorkspace"];

        Refused<ArgumentException>(() => any.Forward(s_x, other), mentions);
        Refused<ArgumentException>(() => any.Cost(s_y, other), mentions);
        Refused<ArgumentException>(() => any.Cost([0, 1], other), mentions);
        Refused<ArgumentException>(() => any.OutputGradient(s_y, other), mentions);
        Refused<ArgumentException>(() => any.OutputGradient([0, 1], other), mentions);
        Refused<ArgumentException>(() => any.Backward(s_x, other), mentions);
        Refused<ArgumentException>(() => any.Update(other, 0.1f), mentions);
        Refused<ArgumentException>(() => any.DescendStep(s_x, s_y, other, 0.1f), mentions);
        Refused<ArgumentException>(() => any.DescendStep(s_x, [0, 1], other, 0.1f), mentions);
    }

    [Fact]
    public void No_workspace_and_no_parameters_are_refused()
    {
        Refused<ArgumentNullException>(() => _net.Forward(s_x, null!), "state");
        Refused<ArgumentNullException>(() => _net.Cost(s_y, null!), "state");
        Refused<ArgumentNullException>(() => _net.OutputGradient(s_y, null!), "state");
        Refused<ArgumentNullException>(() => _net.Backward(s_x, null!), "state");
        Refused<ArgumentNullException>(() => _net.Update(null!, 0.1f), "state");
        Refused<ArgumentNullException>(() => _net.DescendStep(s_x, s_y, null!, 0.1f), "state");
        Refused<ArgumentNullException>(() => ((INetwork<float>)_net).Forward(s_x, null!), "state");
        Refused<ArgumentNullException>(() => _net.Swap(null!), "parameters");
    }

    [Fact]
    public void Parameters_for_other_sizes_are_refused() =>
        Refused<ArgumentException>(() => _net.Swap(new OtherClassifier().Parameters), "Classifier [3, 4, 2]", "OtherClassifier [3, 5, 2]");

    [Fact]
    public void A_workspace_is_used_again_for_smaller_batches()
    {
        _net.Forward(s_x, _state);
        _net.Forward(s_x.AsSpan(3), _state);

        Assert.Equal((1, 2), (_state.BatchSize, _state.Capacity));
        Classifier.Workspace fresh = _net.CreateWorkspace(1);
        _net.Forward(s_x.AsSpan(3), fresh);
        Assert.Equal(fresh.Output(0).ToArray(), _state.Output(0).ToArray());
        Refused<ArgumentOutOfRangeException>(() => _state.Output(1), "Classifier", "1 examples", "example 1");
    }

    private static void Contains(Exception refusal, params string[] mentions) =>
        Assert.All(mentions, mention => Assert.Contains(mention, refusal.Message, StringComparison.Ordinal));

    private void Refused<TException>(Action call, params string[] mentions)
        where TException : Exception
    {
        Contains(Assert.Throws<TException>(call), mentions);
        Assert.Equal(_before, _net.Parameters.Span.ToArray());
    }
}
