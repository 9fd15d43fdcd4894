using System.Numerics;

namespace CompiledDnn.Tests.Numerics;

public abstract class ReLUTests<T> : OutputActivationTests<ReLU<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double DerivativeAtZero => 0;
    protected override (double, double, double, double) Limits => (1e4, 0, 1, 0);
    protected override double Formula(double z) => Math.Max(z, 0);
}

public abstract class IdentityTests<T> : OutputActivationTests<Identity<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double DerivativeAtZero => 1;
    protected override (double, double, double, double) Limits => (1e4, -1e4, 1, 1);
    protected override double Formula(double z) => z;
}

public abstract class LeakyReLUTests<T> : OutputActivationTests<LeakyReLU<T, LeakyReLUTests<T>.Options>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly struct Options : ILayerOptions
    {
        public static double NegativeSlope => 0.25;
    }

    protected override double DerivativeAtZero => 0.25;
    protected override (double, double, double, double) Limits => (1e4, -2500, 1, 0.25);
    protected override double Formula(double z) => z > 0 ? z : 0.25 * z;
}

public abstract class ELUTests<T> : OutputActivationTests<ELU<T, ELUTests<T>.Options>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly struct Options : ILayerOptions
    {
        public static double Alpha => 1.5;
    }

    protected override double DerivativeAtZero => 1.5;
    protected override (double, double, double, double) Limits => (1e4, -1.5, 1, 0);
    protected override double LaneUlps => 6;
    protected override double Formula(double z) => z > 0 ? z : 1.5 * (Math.Exp(z) - 1);
}

public abstract class GELUTests<T> : InputActivationTests<GELU<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double DerivativeAtZero => 0.5;
    protected override (double, double, double, double) Limits => (1e4, 0, 1, 0);

    protected override double LaneUlps => 3;
    protected override double Formula(double z) => 0.5 * z * (1 + Reference.Erf(z / Math.Sqrt(2)));
}

public abstract class SiLUTests<T> : InputActivationTests<SiLU<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double DerivativeAtZero => 0.5;
    protected override (double, double, double, double) Limits => (1e4, 0, 1, 0);
    protected override double LaneUlps => 6;
    protected override double Formula(double z) => z / (1 + Math.Exp(-z));
}

public abstract class SoftplusTests<T> : OutputActivationTests<Softplus<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double DerivativeAtZero => 0.5;
    protected override (double, double, double, double) Limits => (1e4, 0, 1, 0);
    protected override double LaneUlps => 8;
    protected override double Formula(double z) => Math.Log(1 + Math.Exp(z));
}

public abstract class SigmoidTests<T> : OutputActivationTests<Sigmoid<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double DerivativeAtZero => 0.25;
    protected override (double, double, double, double) Limits => (1, 0, 0, 0);
    protected override double LaneUlps => 6;
    protected override double Formula(double z) => 1 / (1 + Math.Exp(-z));
}

public abstract class TanhTests<T> : OutputActivationTests<Tanh<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double DerivativeAtZero => 1;
    protected override (double, double, double, double) Limits => (1, -1, 0, 0);
    protected override double LaneUlps => 3;
    protected override double Formula(double z) => Math.Tanh(z);
}

public sealed class ReLUFloatTests : ReLUTests<float>;

public sealed class ReLUDoubleTests : ReLUTests<double>;

public sealed class IdentityFloatTests : IdentityTests<float>;

public sealed class IdentityDoubleTests : IdentityTests<double>;

public sealed class LeakyReLUFloatTests : LeakyReLUTests<float>;

public sealed class LeakyReLUDoubleTests : LeakyReLUTests<double>;

public sealed class ELUFloatTests : ELUTests<float>;

public sealed class ELUDoubleTests : ELUTests<double>;

public sealed class GELUFloatTests : GELUTests<float>;

public sealed class GELUDoubleTests : GELUTests<double>;

public sealed class SiLUFloatTests : SiLUTests<float>;

public sealed class SiLUDoubleTests : SiLUTests<double>;

public sealed class SoftplusFloatTests : SoftplusTests<float>;

public sealed class SoftplusDoubleTests : SoftplusTests<double>;

public sealed class SigmoidFloatTests : SigmoidTests<float>;

public sealed class SigmoidDoubleTests : SigmoidTests<double>;

public sealed class TanhFloatTests : TanhTests<float>;

public sealed class TanhDoubleTests : TanhTests<double>;
