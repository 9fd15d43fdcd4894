using System.Runtime.Intrinsics;
using CompiledDnn.Kernels;
using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Weights of a narrow layer with two outputs of every input side by side, for all sizes. NaN lies around what may be read and written.</summary>
public class PairTranspositionTests
{
    private interface ICase
    {
        void Check();
    }

    [Fact]
    public void Every_two_outputs_become_a_vector_of_all_inputs()
    {
        foreach (Type inputs in Sizes.All)
        {
            foreach (Type outputs in Sizes.All)
            {
                ((ICase)Activator.CreateInstance(typeof(Case<,>).MakeGenericType(inputs, outputs))!).Check();
            }
        }
    }

    [Fact]
    public void Doubles_are_transposed_number_by_number() => Assert.False(PairTransposition<double, LanesLayer<double, Sizes.N7, Sizes.N7>>.Fits);

    private sealed class Case<TInputs, TOutputs> : ICase
        where TInputs : struct, ISize
        where TOutputs : struct, ISize
    {
        public void Check()
        {
            int inputs = TInputs.Value, outputs = TOutputs.Value;
            bool fits = PairTransposition<float, LanesLayer<float, TInputs, TOutputs>>.Fits;
            Assert.Equal(Vector512.IsHardwareAccelerated && inputs <= 8 && outputs <= 16, fits);
            if (!fits)
            {
                return;
            }

            GuardedRows<float> w = GuardedRows<float>.Random(new Random(inputs + outputs), inputs, outputs, 16);
            GuardedRows<float> pairs = GuardedRows<float>.Unwritten(outputs > 8 ? 8 : 4, 16, 16);
            PairTransposition<float, LanesLayer<float, TInputs, TOutputs>>.Run(ref w.Span[0], ref pairs.Span[0]);

            var expected = new double[pairs.Count * 16];
            for (int input = 0; input < inputs; input++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    expected[(output / 2 * 16) + (2 * input) + (output % 2)] = w[input, output];
                }
            }

            pairs.AssertEquals($"{inputs} inputs, {outputs} outputs", expected, 0);
        }
    }
}
