using System.Numerics;
using System.Runtime.CompilerServices;

namespace CompiledDnn.Kernels;

/// <summary>Says in which direction a step with momentum goes.</summary>
internal interface IMomentumForm
{
    /// <summary>True for g + μ v, where v already has g in it, false for v itself. A constant to the JIT.</summary>
    static abstract bool LooksAhead { get; }
}

/// <summary>Polyak's momentum.</summary>
internal readonly struct PlainMomentum : IMomentumForm
{
    public static bool LooksAhead => false;
}

/// <summary>Nesterov's momentum.</summary>
internal readonly struct NesterovMomentum : IMomentumForm
{
    public static bool LooksAhead => true;
}

/// <summary>v = μ v + g, then w −= α v or, with Nesterov, w −= α (g + μ v), over a piece of the parameters.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TForm">The direction of the step.</typeparam>
internal readonly ref struct MomentumUpdate<T, TForm> : IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TForm : struct, IMomentumForm
{
    private readonly ref T _w;
    private readonly ref readonly T _g;
    private readonly ref T _v;
    private readonly int _length;
    private readonly T _rate;
    private readonly T _mu;

    /// <param name="w">The parameters; updated.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="v">The velocities; updated.</param>
    /// <param name="length">How many numbers each has.</param>
    /// <param name="rate">α.</param>
    /// <param name="mu">μ.</param>
    public MomentumUpdate(ref T w, ref readonly T g, ref T v, int length, T rate, T mu)
    {
        _w = ref w;
        _g = ref g;
        _v = ref v;
        _length = length;
        _rate = rate;
        _mu = mu;
    }

    [MethodImpl(KernelMethod.Alone)]
    public void Run<TOps, TVector>()
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        int i = 0;
        for (; i + TOps.Count <= _length; i += TOps.Count)
        {
            Step<TOps, TVector>(i);
        }

        for (; i < _length; i++)
        {
            Step<ScalarOps<T>, T>(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<TOps, TVector>(int i)
        where TOps : struct, IVectorOps<TVector, T>
        where TVector : struct
    {
        ref T w = ref Unsafe.Add(ref _w, i);
        ref T v = ref Unsafe.Add(ref _v, i);
        TVector mu = TOps.Broadcast(_mu), g = TOps.Load(ref Unsafe.Add(ref Unsafe.AsRef(in _g), i));
        TVector velocity = TOps.MultiplyAdd(mu, TOps.Load(ref v), g);
        TOps.Store(velocity, ref v);
        TVector direction = TForm.LooksAhead ? TOps.MultiplyAdd(mu, velocity, g) : velocity;
        TOps.Store(TOps.MultiplyAdd(TOps.Broadcast(-_rate), direction, TOps.Load(ref w)), ref w);
    }
}
