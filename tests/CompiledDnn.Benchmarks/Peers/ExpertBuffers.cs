namespace CompiledDnn.Benchmarks;

/// <summary>What an expert's network is.</summary>
/// <param name="Sizes">Inputs, then the outputs of every layer.</param>
/// <param name="Batch">Examples in a step.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Adam">True for Adam, false for plain gradient descent.</param>
/// <param name="OutputsFirst">True to store the first layer's weights with a row for each output.</param>
/// <param name="Threads">How many threads share the work.</param>
internal sealed record ExpertOptions(int[] Sizes, int Batch, float Rate, bool Adam, bool OutputsFirst, int Threads)
{
    /// <summary>How many layers there are.</summary>
    public int Depth => Sizes.Length - 1;
}

/// <summary>The memory of an expert's network, made once, and the batch whose turn it is.</summary>
internal sealed unsafe class ExpertBuffers
{
    /// <summary>The most numbers in a vector. Blocks go on so far behind their end, because loops work in whole vectors.</summary>
    public const int Slack = 16;

    private int _steps;

    /// <param name="options">The network.</param>
    /// <param name="period">The length after which rows of so many numbers begin on a vector again.</param>
    public ExpertBuffers(ExpertOptions options, Func<int, int> period)
    {
        int[] sizes = options.Sizes;
        AlignedBlock<float>[] Layers(Func<int, int> length) => [.. Enumerable.Range(0, options.Depth).Select(l => new AlignedBlock<float>(length(l)))];
        W = Layers(l => sizes[l] * sizes[l + 1]);
        B = Layers(l => sizes[l + 1] + Slack);
        A = Layers(l => (options.Batch * sizes[l + 1]) + Slack);
        DZ = Layers(l => (options.Batch * sizes[l + 1]) + Slack);
        Patterns = [.. Enumerable.Range(0, options.Threads).Select(_ => Layers(l => period(sizes[l + 1])))];
        Likelihoods = new AlignedBlock<float>(options.Batch + Slack);
        Losses = new AlignedBlock<float>(options.Threads);
        if (options.Adam)
        {
            DW = Layers(l => sizes[l] * sizes[l + 1]);
            DB = Layers(l => sizes[l + 1]);
            MeanW = Layers(l => sizes[l] * sizes[l + 1]);
            MeanB = Layers(l => sizes[l + 1]);
            SquareW = Layers(l => sizes[l] * sizes[l + 1]);
            SquareB = Layers(l => sizes[l + 1]);
        }

        Rate = options.Rate;
    }

    public float* X { get; set; }

    public float* Y { get; set; }

    public int* Labels { get; set; }

    public AlignedBlock<float>[] W { get; }

    public AlignedBlock<float>[] B { get; }

    public AlignedBlock<float>[] A { get; }

    public AlignedBlock<float>[] DZ { get; }

    public AlignedBlock<float>[] DW { get; } = [];

    public AlignedBlock<float>[] DB { get; } = [];

    public AlignedBlock<float>[] MeanW { get; } = [];

    public AlignedBlock<float>[] MeanB { get; } = [];

    public AlignedBlock<float>[] SquareW { get; } = [];

    public AlignedBlock<float>[] SquareB { get; } = [];

    /// <summary>For each thread and layer, a row repeated until it ends on a vector.</summary>
    public AlignedBlock<float>[][] Patterns { get; }

    /// <summary>For each example, the probability given to what is true.</summary>
    public AlignedBlock<float> Likelihoods { get; }

    /// <summary>For each thread, the loss of its examples.</summary>
    public AlignedBlock<float> Losses { get; }

    /// <summary>Adam's rate in this step, α / (1 − β₁ᵗ).</summary>
    public float AdamStep { get; private set; }

    /// <summary>Adam's 1 / (1 − β₂ᵗ).</summary>
    public float AdamScale { get; private set; }

    private float Rate { get; }

    /// <summary>Begins a step of training.</summary>
    public void CountStep()
    {
        if (DW.Length > 0)
        {
            _steps++;
            AdamStep = Rate / (1 - MathF.Pow(0.9f, _steps));
            AdamScale = 1 / (1 - MathF.Pow(0.999f, _steps));
        }
    }
}
