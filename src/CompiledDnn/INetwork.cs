namespace CompiledDnn;

/// <summary>
/// What every generated class promises, whatever its shape: what training, storage and tools are written against.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A batch is m rows, one example after the other. A trained network can be shared: any number of threads may call Predict, and
/// each thread that trains or inspects brings its own workspace.
/// </remarks>
public interface INetwork<T>
    where T : unmanaged
{
    /// <summary>Sizes, layers and layout.</summary>
    NetworkShape Shape { get; }

    /// <summary>True if the loss takes class labels as well as rows.</summary>
    bool TakesLabels { get; }

    /// <summary>The weights and biases that calls begun from now on use.</summary>
    ParameterBlock<T> Parameters { get; }

    /// <summary>
    /// The most threads that one call is done on: 1 for the calling thread alone, −1, from the start, for as many as there are processors. Whatever
    /// it is, every result has the same bits, and calls too small to gain from it stay on their thread; with −1 so do steps of few examples where the
    /// processors have no cache in common.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0, or less than −1.</exception>
    int MaxDegreeOfParallelism { get; set; }

    /// <summary>Publishes other weights and biases. Calls under way finish with those that they began with.</summary>
    /// <param name="parameters">A block for a network of the same sizes; the network keeps it.</param>
    /// <returns>The block that was in use.</returns>
    /// <exception cref="ArgumentException">The block is for other sizes.</exception>
    ParameterBlock<T> Swap(ParameterBlock<T> parameters);

    /// <summary>Saves the weights and biases as a safetensors file with PyTorch's names, and an example that <see cref="Load"/> checks.</summary>
    /// <param name="path">The file; replaced if it exists. It is written whole or not at all.</param>
    /// <param name="options">How they are saved.</param>
    /// <exception cref="IOException">The file cannot be written. What was there is as it was.</exception>
    void Save(string path, SaveOptions options);

    /// <summary>Reads weights and biases from a safetensors file and publishes them. A file that does not fit changes nothing.</summary>
    /// <remarks>
    /// The file is mapped. One that is replaced meanwhile, as <see cref="Save"/> does it, is read as it was; one that is shortened in its place by
    /// another program can end this one, see <see cref="NetworkStorage"/>.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">The file is damaged, a folder, or for a network of other sizes or activations.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    void Load(string path);

    /// <summary>Memory for a batch: activations, gradients and the step last done.</summary>
    /// <param name="batchSize">The most examples that it will be used with, at least 1.</param>
    /// <param name="options">What else it keeps.</param>
    NetworkWorkspace<T> CreateWorkspace(int batchSize, WorkspaceOptions options = WorkspaceOptions.None);

    /// <summary>Predicts one example or a batch; safe on any number of threads at once.</summary>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="outputs">m rows of OutputSize numbers; overwritten.</param>
    void Predict(ReadOnlySpan<T> x, Span<T> outputs);

    /// <summary>Forward propagation of a batch: fills A1 ... AL of <paramref name="state"/>.</summary>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="state">A workspace of this network for at least m examples.</param>
    void Forward(ReadOnlySpan<T> x, NetworkWorkspace<T> state);

    /// <summary>The cost J of the batch last forwarded.</summary>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    T Cost(ReadOnlySpan<T> y, NetworkWorkspace<T> state);

    /// <summary>The cost J of the batch last forwarded, targets given as class labels.</summary>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    T Cost(ReadOnlySpan<int> labels, NetworkWorkspace<T> state);

    /// <summary>The cost J = (1/m) Σ wᵢ lᵢ of the batch last forwarded, the loss lᵢ of each example times its weight.</summary>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="weights">m numbers, finite and not negative. An example of weight zero counts nothing, whatever its target.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    T Cost(ReadOnlySpan<T> y, ReadOnlySpan<T> weights, NetworkWorkspace<T> state);

    /// <summary>The same, targets given as class labels.</summary>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="weights">m numbers, finite and not negative.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    T Cost(ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, NetworkWorkspace<T> state);

    /// <summary>The loss of each example of the batch last forwarded by itself, such as to list those that the network gets most wrong.</summary>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    /// <param name="costs">m numbers, whose mean is the cost J; overwritten.</param>
    void ExampleCosts(ReadOnlySpan<T> y, NetworkWorkspace<T> state, Span<T> costs);

    /// <summary>The same, targets given as class labels.</summary>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    /// <param name="costs">m numbers, whose mean is the cost J; overwritten.</param>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    void ExampleCosts(ReadOnlySpan<int> labels, NetworkWorkspace<T> state, Span<T> costs);

    /// <summary>Writes DZL of the batch last forwarded.</summary>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    void OutputGradient(ReadOnlySpan<T> y, NetworkWorkspace<T> state);

    /// <summary>Writes DZL of the batch last forwarded, targets given as class labels.</summary>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    void OutputGradient(ReadOnlySpan<int> labels, NetworkWorkspace<T> state);

    /// <summary>Writes DZL of the batch last forwarded, the row of each example times its weight.</summary>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="weights">m numbers, finite and not negative. An example of weight zero has a row of zeros, whatever its target.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    void OutputGradient(ReadOnlySpan<T> y, ReadOnlySpan<T> weights, NetworkWorkspace<T> state);

    /// <summary>The same, targets given as class labels.</summary>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="weights">m numbers, finite and not negative.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    void OutputGradient(ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, NetworkWorkspace<T> state);

    /// <summary>Backward propagation from whatever DZL holds: fills DW1, DB1 ... DWL, DBL, and DA0 when asked for.</summary>
    /// <param name="x">The batch last forwarded, m rows of InputSize numbers.</param>
    /// <param name="state">The workspace of that forward pass.</param>
    void Backward(ReadOnlySpan<T> x, NetworkWorkspace<T> state);

    /// <summary>Gradient descent: W −= learningRate · DW, b −= learningRate · DB.</summary>
    /// <param name="state">The workspace of the last backward pass.</param>
    /// <param name="learningRate">The learning rate, finite and not negative.</param>
    void Update(NetworkWorkspace<T> state, T learningRate);

    /// <summary>Forward, cost, backward and update in one call.</summary>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="state">A workspace of this network for at least m examples. Of the activations only AL is sure to be kept.</param>
    /// <param name="learningRate">The learning rate, finite and not negative.</param>
    /// <returns>The cost J before the update.</returns>
    T DescendStep(ReadOnlySpan<T> x, ReadOnlySpan<T> y, NetworkWorkspace<T> state, T learningRate);

    /// <summary>Forward, cost, backward and update in one call, targets given as class labels.</summary>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="state">A workspace of this network for at least m examples. Of the activations only AL is sure to be kept.</param>
    /// <param name="learningRate">The learning rate, finite and not negative.</param>
    /// <returns>The cost J before the update.</returns>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    T DescendStep(ReadOnlySpan<T> x, ReadOnlySpan<int> labels, NetworkWorkspace<T> state, T learningRate);

    /// <summary>
    /// Forward, cost and backward in one call, each piece of the gradient handed to <paramref name="update"/> as soon as it is there. If the
    /// cost is not finite, the weights are left as they are.
    /// </summary>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="y">m rows of TargetSize numbers.</param>
    /// <param name="state">
    /// A workspace of this network for at least m examples; takes the gradients, too. Of the activations only AL is sure to be kept.
    /// </param>
    /// <param name="update">What changes the weights: an optimiser's state, or one of your own.</param>
    /// <returns>The cost J before the update.</returns>
    T TrainStep(ReadOnlySpan<T> x, ReadOnlySpan<T> y, NetworkWorkspace<T> state, IParameterUpdate<T> update);

    /// <summary>The same, targets given as class labels.</summary>
    /// <param name="x">m rows of InputSize numbers.</param>
    /// <param name="labels">m classes, 0 to OutputSize − 1.</param>
    /// <param name="state">
    /// A workspace of this network for at least m examples; takes the gradients, too. Of the activations only AL is sure to be kept.
    /// </param>
    /// <param name="update">What changes the weights: an optimiser's state, or one of your own.</param>
    /// <returns>The cost J before the update.</returns>
    /// <exception cref="NotSupportedException">The loss takes no labels.</exception>
    T TrainStep(ReadOnlySpan<T> x, ReadOnlySpan<int> labels, NetworkWorkspace<T> state, IParameterUpdate<T> update);
}
