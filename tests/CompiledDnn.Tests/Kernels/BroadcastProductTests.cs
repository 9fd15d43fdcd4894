using Xunit;

namespace CompiledDnn.Tests.Kernels;

/// <summary>
/// Broadcast products, among them those whose last vector is at most half full and shared by two rows: the bits of a plain
/// loop, zeros in the padding, and nothing touched outside.
/// </summary>
public class BroadcastProductTests
{
    private static readonly Type[] s_digits =
        [typeof(N0), typeof(Sizes.N1), typeof(Sizes.N2), typeof(Sizes.N3), typeof(Sizes.N4), typeof(Sizes.N5), typeof(N6), typeof(Sizes.N7)];

    // On both sides of every whole and half vector: more would be as many kernels more for the JIT to compile.
    private static readonly Type[] s_ones = [typeof(N0), typeof(Sizes.N1), typeof(Sizes.N4), typeof(Sizes.N7)];

    /// <summary>Eights of columns.</summary>
    public static TheoryData<int> Eights => [0, 1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Eights))]
    public void Products_of_widths_around_whole_and_half_vectors_have_the_bits_of_a_plain_loop(int eights)
    {
        foreach (Type ones in s_ones)
        {
            Type columns = eights == 8
                ? typeof(Plus<,>).MakeGenericType(typeof(Sizes.N64), ones)
                : typeof(Plus<,>).MakeGenericType(typeof(Eight<>).MakeGenericType(s_digits[eights]), ones);
            foreach (Type number in (Type[])[typeof(float), typeof(double)])
            {
                var product = (IBroadcastProductCase)Activator.CreateInstance(typeof(BroadcastProductCase<,>).MakeGenericType(number, columns))!;
                for (int rows = 1; rows <= 20 && (eights > 0 || ones != typeof(N0)); rows++)
                {
                    product.Check(rows);
                }
            }
        }
    }

    private readonly struct N0 : ISize
    {
        public static int Value => 0;
    }

    private readonly struct N6 : ISize
    {
        public static int Value => 6;
    }

    private readonly struct Eight<TCount> : ISize
        where TCount : struct, ISize
    {
        public static int Value => 8 * TCount.Value;
    }

    private readonly struct Plus<TFirst, TSecond> : ISize
        where TFirst : struct, ISize
        where TSecond : struct, ISize
    {
        public static int Value => TFirst.Value + TSecond.Value;
    }
}
