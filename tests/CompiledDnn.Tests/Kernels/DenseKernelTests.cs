using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>
/// The products of a layer for all pairs of sizes around the vector widths: the numbers, zeros in the padding, and nothing touched outside.
/// </summary>
public abstract class DenseKernelTests(Type number)
{
    public static TheoryData<string> Inputs => [.. Sizes.All.Select(size => size.Name)];

    // Gradients of small layers are summed in chunks of examples: 64 to 481 at these sizes.
    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(129)]
    [InlineData(481)]
    [InlineData(482)]
    [InlineData(963)]
    [InlineData(1500)]
    public void Kernels_equal_plain_loops_for_many_examples(int m)
    {
        (Type Inputs, Type Outputs)[] pairs =
            [(typeof(Sizes.N1), typeof(Sizes.N1)), (typeof(Sizes.N5), typeof(Sizes.N33)), (typeof(Sizes.N33), typeof(Sizes.N16)), (typeof(Sizes.N100), typeof(Sizes.N65))];
        foreach ((Type inputs, Type outputs) in pairs)
        {
            Type type = typeof(DenseKernelCase<,,>).MakeGenericType(number, inputs, outputs);
            ((IDenseKernelCase)Activator.CreateInstance(type)!).CheckLanes(m);
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Kernels_equal_plain_loops(string inputs)
    {
        Type size = Sizes.All.Single(type => type.Name == inputs);
        foreach (Type outputs in Sizes.All)
        {
            Type type = typeof(DenseKernelCase<,,>).MakeGenericType(number, size, outputs);
            var kernels = (IDenseKernelCase)Activator.CreateInstance(type)!;
            foreach (int m in Sizes.Batches)
            {
                kernels.CheckLanes(m);
                kernels.CheckDot(m);
            }
        }
    }
}

/// <summary>A class of its own, so that both precisions run side by side.</summary>
public sealed class DenseKernelFloatTests() : DenseKernelTests(typeof(float));

/// <summary>A class of its own, so that both precisions run side by side.</summary>
public sealed class DenseKernelDoubleTests() : DenseKernelTests(typeof(double));
