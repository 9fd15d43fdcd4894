using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>
/// The products of a layer for all pairs of sizes around the vector widths: the numbers, zeros in the padding, and nothing touched outside.
/// </summary>
public abstract class DenseKernelTests(Type number)
{
    public static TheoryData<string> Inputs => [.. Sizes.All.Select(size => size.Name)];

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
