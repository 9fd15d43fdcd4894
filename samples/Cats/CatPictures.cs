using CompiledDnn;

namespace Samples.Cats;

/// <summary>Draws pictures of cats and of other things, as many as the course has photographs.</summary>
internal static class CatPictures
{
    private static readonly Colour[] s_fur =
    [
        new(0.85, 0.50, 0.20), new(0.45, 0.45, 0.48), new(0.15, 0.14, 0.15), new(0.92, 0.90, 0.86), new(0.50, 0.34, 0.20), new(0.80, 0.68, 0.50),
    ];

    private static readonly Colour[] s_eyes = [new(0.45, 0.75, 0.25), new(0.90, 0.75, 0.20), new(0.35, 0.65, 0.85)];

    private static readonly Colour s_black = new(0.05, 0.05, 0.05);

    private static readonly Colour s_pink = new(0.90, 0.55, 0.55);

    /// <summary>209 pictures to train on, 72 of them cats, and 50 to test on, 33 of them cats.</summary>
    /// <param name="seed">The same seed gives the same pictures.</param>
    public static CatData Draw(int seed)
    {
        // Counted from the other end, so that pictures and weights do not come from one stream.
        var random = new NumPyRandom(uint.MaxValue - seed);
        return new CatData(Draw(random, 209, 72), Draw(random, 50, 33));
    }

    private static Pictures Draw(NumPyRandom random, int count, int cats)
    {
        byte[] labels = ShuffledLabels(random, count, cats);
        var pixels = new byte[count * Pictures.Size];
        for (int i = 0; i < count; i++)
        {
            var canvas = new Canvas(random);
            Scenes.Background(canvas);
            if (labels[i] == 1)
            {
                Cat(canvas);
            }
            else
            {
                Scenes.AnythingElse(canvas);
            }

            canvas.CopyTo(pixels.AsSpan(i * Pictures.Size, Pictures.Size));
        }

        return new Pictures(pixels, labels);
    }

    private static byte[] ShuffledLabels(NumPyRandom random, int count, int cats)
    {
        var labels = new byte[count];
        labels.AsSpan(0, cats).Fill(1);
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(random.NextDouble() * (i + 1));
            (labels[i], labels[j]) = (labels[j], labels[i]);
        }

        return labels;
    }

    private static void Cat(Canvas canvas)
    {
        Colour fur = canvas.Near(canvas.Any<Colour>(s_fur));
        double size = canvas.Between(0.48, 0.66);
        double x = canvas.Between(0.44, 0.56);
        double y = canvas.Between(0.46, 0.56);

        canvas.Ellipse(x, y + (0.75 * size), 1.1 * size, size, fur.Times(0.9));
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
        {
            Ear(canvas, x, y, side * size, fur);
        }

        canvas.Ellipse(x, y, size, 0.85 * size, fur);
        Stripes(canvas, x, y, size, fur);
        Colour iris = canvas.Near(canvas.Any<Colour>(s_eyes));
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
        {
            Eye(canvas, x + (0.2 * side * size), y - (0.07 * size), size, iris);
            Whiskers(canvas, x, y, side * size);
        }

        canvas.Ellipse(x, y + (0.22 * size), 0.4 * size, 0.24 * size, fur.Times(1.2));
        canvas.Triangle(
            (x - (0.06 * size), y + (0.12 * size)), (x + (0.06 * size), y + (0.12 * size)), (x, y + (0.2 * size)), s_pink);
    }

    private static void Ear(Canvas canvas, double x, double y, double size, Colour fur)
    {
        double height = Math.Abs(size);
        (double, double) tip = (x + (0.42 * size), y - (0.66 * height));
        canvas.Triangle((x + (0.46 * size), y - (0.12 * height)), tip, (x + (0.1 * size), y - (0.38 * height)), fur);
        canvas.Triangle(
            (x + (0.41 * size), y - (0.22 * height)), (x + (0.38 * size), y - (0.56 * height)), (x + (0.2 * size), y - (0.37 * height)), s_pink);
    }

    private static void Stripes(Canvas canvas, double x, double y, double size, Colour fur)
    {
        if (canvas.Between(0, 1) < 0.5)
        {
            return;
        }

        for (int i = -1; i <= 1; i++)
        {
            double at = x + (0.1 * i * size);
            canvas.Line((at, y - (0.4 * size)), (at, y - (0.24 * size)), 0.04 * size, fur.Times(0.55));
        }
    }

    private static void Eye(Canvas canvas, double x, double y, double size, Colour iris)
    {
        canvas.Ellipse(x, y, 0.21 * size, 0.19 * size, iris);
        canvas.Ellipse(x, y, canvas.Between(0.05, 0.1) * size, 0.18 * size, s_black);
    }

    private static void Whiskers(Canvas canvas, double x, double y, double size)
    {
        var colour = new Colour(0.95, 0.95, 0.95);
        for (int i = -1; i <= 1; i++)
        {
            double height = Math.Abs(size);
            canvas.Line(
                (x + (0.14 * size), y + ((0.2 + (0.04 * i)) * height)), (x + (0.62 * size), y + ((0.18 + (0.12 * i)) * height)), 0.012, colour);
        }
    }
}
