#if PEERS
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CompiledDnn.Benchmarks;

/// <summary>Predictions by ONNX Runtime in this process, its inputs and outputs bound once to memory of ours. It does not train.</summary>
internal sealed class OnnxPeer : Peer
{
    public override string Name => "ONNX Runtime";

    public override string Description => $"{OrtEnv.Instance().GetVersionString()}, bound buffers, predictions only";

    public override bool IsPresent => true;

    protected override IEnumerable<Func<PeerRun>> Ways(Workload workload, int threads) =>
        workload.Kind == WorkloadKind.Predict && workload.HasPlainPeer ? [() => Open(workload, threads)] : [];

    private static PeerRun Open(Workload workload, int threads)
    {
        RandomBatches<float> data = workload.CreateBatches();
        var session = new Session(workload, data, threads);
        session.Run(0);
        Comparison.Predictions(
            $"{workload.Name} with ONNX Runtime", workload.Plain, data, [.. session.Outputs.ToArray().Select(number => (double)number)], isDouble: false);
        int turn = 0;
        Action action = () =>
        {
            session.Run(turn);
            turn = turn + 1 == data.Count ? 0 : turn + 1;
        };
        return new PeerRun(new TimedCall(action), session);
    }

    // A session and what is bound to it: one binding for each batch, all with the same output.
    private sealed class Session : IDisposable
    {
        private readonly AlignedBlock<float> _outputs;
        private readonly InferenceSession _session;
        private readonly RunOptions _run = new();
        private readonly OrtIoBinding[] _bindings;

        public Session(Workload workload, RandomBatches<float> data, int threads)
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            _session = new InferenceSession(OnnxModel.Write(workload.Plain, workload.Sizes, workload.Batch), options);
            _outputs = new AlignedBlock<float>(workload.Batch * workload.Sizes[^1]);
            _bindings = new OrtIoBinding[data.Count];
            for (int i = 0; i < data.Count; i++)
            {
                _bindings[i] = _session.CreateIoBinding();
                _bindings[i].BindInput(OnnxModel.Input, Value(data.X, workload.Batch, workload.Sizes[0]));
                _bindings[i].BindOutput(OnnxModel.Output, Value(_outputs.Span, workload.Batch, workload.Sizes[^1]));
                data.Next();
            }
        }

        public ReadOnlySpan<float> Outputs => _outputs.Span;

        public void Run(int batch) => _session.RunWithBinding(_run, _bindings[batch]);

        public void Dispose()
        {
            foreach (OrtIoBinding binding in _bindings)
            {
                binding.Dispose();
            }

            _run.Dispose();
            _session.Dispose();
        }

        // The memory never moves and outlives the value.
        private static unsafe OrtValue Value(ReadOnlySpan<float> numbers, int rows, int columns) => OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            [rows, columns],
            (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers)),
            (long)numbers.Length * sizeof(float));
    }
}
#endif
