namespace CompiledDnn;

/// <summary>
/// The area under one ROC curve: the share of the pairs of a positive and a negative example in which the positive one has the larger score.
/// Equal scores count half, as the trapezoids under the curve do. Memory is kept from one curve to the next.
/// </summary>
/// <remarks>J. Hanley and B. McNeil, "The Meaning and Use of the Area under a ROC Curve", 1982.</remarks>
internal sealed class RocCurve
{
    private double[] _scores = [];
    private double[] _weights = [];
    private int _count;
    private double _positives;
    private double _negatives;

    /// <summary>Begins another curve.</summary>
    /// <param name="capacity">The most examples to add.</param>
    public void Begin(int capacity)
    {
        if (_scores.Length < capacity)
        {
            _scores = new double[capacity];
            _weights = new double[capacity];
        }

        _count = 0;
        _positives = 0;
        _negatives = 0;
    }

    /// <summary>Adds an example. One without a score wins no pair.</summary>
    /// <param name="score">Its score.</param>
    /// <param name="isPositive">Whether it is a positive one.</param>
    /// <param name="weight">How much it counts.</param>
    public void Add(double score, bool isPositive, double weight)
    {
        _positives += isPositive ? weight : 0;
        _negatives += isPositive ? 0 : weight;
        if (!double.IsNaN(score))
        {
            _scores[_count] = score;
            _weights[_count++] = isPositive ? weight : -weight;
        }
    }

    /// <summary>The area; not a number without positive or without negative examples.</summary>
    public double Area()
    {
        Array.Sort(_scores, _weights, 0, _count);
        double below = 0;
        double won = 0;
        for (int start = 0; start < _count;)
        {
            double positives = 0;
            double negatives = 0;
            double score = _scores[start];
            for (; start < _count && _scores[start] == score; start++)
            {
                positives += Math.Max(_weights[start], 0);
                negatives -= Math.Min(_weights[start], 0);
            }

            won += positives * (below + (0.5 * negatives));
            below += negatives;
        }

        return won / (_positives * _negatives);
    }
}
