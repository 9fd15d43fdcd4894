using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledDnn.Kernels;

/// <summary>A run of examples of a small network's step, tile by tile through all layers.</summary>
internal readonly ref struct StepChunk<T, TTarget, TChain, TLoss>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTarget : unmanaged
    where TChain : struct, IStepChain<T>
    where TLoss : struct, IStepLoss<T, TTarget>
{
    private readonly ref T _parameters;
    private readonly ref T _x;
    private readonly ref T _z;
    private readonly ref T _a;
    private readonly ref T _dz;
    private readonly ref T _da0;
    private readonly ReadOnlySpan<TTarget> _targets;
    private readonly int _targetSize;
    private readonly int _first;
    private readonly int _end;

    /// <summary>All examples of a batch.</summary>
    public StepChunk(ParameterBlock<T> p, NetworkWorkspace<T> state, ReadOnlySpan<T> x, ReadOnlySpan<TTarget> targets, int m)
        : this(p, state, x, targets, m, 0, m)
    {
    }

    /// <param name="p">The weights and biases.</param>
    /// <param name="state">The workspace.</param>
    /// <param name="x">m rows of inputs.</param>
    /// <param name="targets">m rows of targets, or m labels.</param>
    /// <param name="m">The batch size.</param>
    /// <param name="first">The first example.</param>
    /// <param name="end">The one after the last.</param>
    public StepChunk(
        ParameterBlock<T> p, NetworkWorkspace<T> state, ReadOnlySpan<T> x, ReadOnlySpan<TTarget> targets, int m, int first, int end)
    {
        Span<T> z = state.ZBlock(TChain.Layers), a = state.ABlock(TChain.Layers), dz = state.DZBlock(TChain.Layers), da0 = state.DA0Block;
        KernelGuard.Rows(p.Length, 1, TChain.ParameterLength, nameof(p));
        KernelGuard.Rows(x.Length, m, TChain.Inputs, nameof(x));
        KernelGuard.Rows(a.Length, m, TChain.OutputRowStride, nameof(state));
        _targetSize = KernelGuard.RowWidth(targets.Length, m, nameof(targets));
        _parameters = ref p.First;
        _x = ref MemoryMarshal.GetReference(x);
        _z = ref z.IsEmpty ? ref Unsafe.NullRef<T>() : ref MemoryMarshal.GetReference(z);
        _a = ref MemoryMarshal.GetReference(a);
        _dz = ref MemoryMarshal.GetReference(dz);
        _da0 = ref da0.IsEmpty ? ref Unsafe.NullRef<T>() : ref MemoryMarshal.GetReference(da0);
        _targets = targets;
        _first = first;
        _end = end;
    }

    /// <summary>Examples of a tile at most.</summary>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => StepShape.Rows(TChain.HiddenLength * Unsafe.SizeOf<T>());
    }

    /// <summary>Forward, loss and backward of all examples; gradients of tiles after the first are added.</summary>
    /// <param name="gradients">Where gradients go, laid out like the parameters.</param>
    /// <param name="scale">What the epilogue multiplies by.</param>
    /// <returns>The sum of the examples' losses.</returns>
    [SkipLocalsInit]
    public unsafe double Run<TEpilogue>(ref T gradients, T scale)
        where TEpilogue : struct, IEpilogue<T>
    {
        // Remainders are spread: 100 examples are two tiles of 50, not 64 and 36, and no tile is left with a few rows. The first is the tallest.
        int most = TileShape.NextRows(_end - _first, TileRows);
        byte* stack = stackalloc byte[((TChain.TransposedLength + (most * TChain.HiddenLength)) * sizeof(T)) + AlignedBlock<T>.Alignment];
        nuint line = ((nuint)stack + AlignedBlock<T>.Alignment - 1) & ~(nuint)(AlignedBlock<T>.Alignment - 1);
        ref T transposed = ref Unsafe.AsRef<T>((void*)line);
        TChain.Transpose(ref _parameters, ref transposed, most);
        double loss = Tile<TEpilogue>(_first, most, ref gradients, scale, ref transposed);
        int rows = 0;
        for (int first = _first + most; first < _end; first += rows)
        {
            rows = TileShape.NextRows(_end - first, TileRows);
            loss += Tile<AddEpilogue<T>>(first, rows, ref gradients, scale, ref transposed);
        }

        return loss;
    }

    private double Tile<TEpilogue>(int first, int rows, ref T gradients, T scale, ref T scratch)
        where TEpilogue : struct, IEpilogue<T>
    {
        double loss = 0;
        var tile = new StepTile<T, TTarget>
        {
            Parameters = ref _parameters,
            Gradients = ref gradients,
            Scale = scale,
            Z = ref Row(ref _z, first, TChain.OutputRowStride),
            A = ref Row(ref _a, first, TChain.OutputRowStride),
            DZ = ref Row(ref _dz, first, TChain.OutputRowStride),
            Targets = _targets.Slice(first * _targetSize, rows * _targetSize),
            Loss = ref loss,
            Rows = rows,
        };
        var inputs = new StepRowsBelow<T>(
            ref Unsafe.NullRef<T>(), ref Row(ref _x, first, TChain.Inputs), ref Row(ref _da0, first, TChain.InputGradientRowStride));
        ref T hidden = ref Unsafe.Add(ref scratch, TChain.TransposedLength);

        // Not through VectorDispatch: nothing is packed into a kernel and unpacked again.
        if (Vector512.IsHardwareAccelerated)
        {
            Layers<Vector512Ops<T>, Vector512<T>, TEpilogue>(in tile, inputs, ref scratch, ref hidden);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Layers<Vector256Ops<T>, Vector256<T>, TEpilogue>(in tile, inputs, ref scratch, ref hidden);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Layers<Vector128Ops<T>, Vector128<T>, TEpilogue>(in tile, inputs, ref scratch, ref hidden);
        }
        else
        {
            Layers<ScalarOps<T>, T, TEpilogue>(in tile, inputs, ref scratch, ref hidden);
        }

        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Layers<TOps, TVector, TEpilogue>(
        scoped in StepTile<T, TTarget> tile, scoped StepRowsBelow<T> inputs, ref T transposed, ref T hidden)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
        where TEpilogue : struct, IEpilogue<T> =>
        TChain.Run<TOps, TVector, TTarget, TLoss, TEpilogue, NoLayer, StepFromOutput<T, Identity<T>>>(in tile, inputs, ref transposed, ref hidden);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Row(ref T block, int row, int stride) =>
        ref Unsafe.IsNullRef(ref block) ? ref block : ref Unsafe.Add(ref block, (nint)row * stride);
}
