namespace Samples.Cats;

/// <summary>Draws what is behind the cats, and what stands there in their place.</summary>
internal static class Scenes
{
    private static readonly Colour[] s_walls =
    [
        new(0.60, 0.75, 0.90), new(0.80, 0.78, 0.70), new(0.35, 0.45, 0.35), new(0.70, 0.55, 0.50), new(0.25, 0.28, 0.35), new(0.55, 0.62, 0.50),
    ];

    private static readonly Colour[] s_floors = [new(0.45, 0.60, 0.30), new(0.55, 0.42, 0.30), new(0.50, 0.50, 0.52), new(0.75, 0.68, 0.52)];

    private static readonly Colour[] s_paints =
    [
        new(0.80, 0.15, 0.15), new(0.15, 0.35, 0.75), new(0.90, 0.75, 0.15), new(0.20, 0.55, 0.30), new(0.85, 0.50, 0.20), new(0.45, 0.45, 0.48),
        new(0.92, 0.90, 0.86),
    ];

    private static readonly Colour s_glass = new(0.65, 0.80, 0.90);

    private static readonly Colour s_dark = new(0.12, 0.12, 0.14);

    public static void Background(Canvas canvas)
    {
        Colour wall = canvas.Near(canvas.Any<Colour>(s_walls));
        canvas.Background(wall, wall.Times(canvas.Between(0.6, 1.1)));
        Colour floor = canvas.Near(canvas.Any<Colour>(s_floors));
        canvas.Box(0, canvas.Between(0.6, 0.9), 1, 1, floor);
    }

    public static void AnythingElse(Canvas canvas)
    {
        Action<Canvas, double, double, double, Colour> thing = canvas.Any<Action<Canvas, double, double, double, Colour>>(
            Ball, House, Tree, Car, Flower, Fish);
        double size = canvas.Between(0.4, 0.75);
        double x = canvas.Between(0.4, 0.6);
        double y = canvas.Between(0.45, 0.6);
        thing(canvas, x, y, size, canvas.Near(canvas.Any<Colour>(s_paints)));
    }

    private static void Ball(Canvas canvas, double x, double y, double size, Colour paint)
    {
        canvas.Ellipse(x, y + (0.5 * size), 0.9 * size, 0.15 * size, s_dark);
        canvas.Ellipse(x, y, size, size, paint);
        canvas.Ellipse(x, y, 0.3 * size, size, paint.Times(0.7));
        canvas.Ellipse(x - (0.18 * size), y - (0.22 * size), 0.2 * size, 0.15 * size, paint.Times(1.6));
    }

    private static void House(Canvas canvas, double x, double y, double size, Colour paint)
    {
        double half = 0.42 * size;
        canvas.Box(x - half, y - (0.1 * size), x + half, y + (0.5 * size), paint);
        canvas.Triangle((x - (0.55 * size), y - (0.1 * size)), (x + (0.55 * size), y - (0.1 * size)), (x, y - (0.55 * size)), paint.Times(0.55));
        canvas.Box(x - (0.1 * size), y + (0.2 * size), x + (0.08 * size), y + (0.5 * size), s_dark);
        canvas.Box(x - (0.34 * size), y, x - (0.18 * size), y + (0.15 * size), s_glass);
        canvas.Box(x + (0.18 * size), y, x + (0.34 * size), y + (0.15 * size), s_glass);
    }

    private static void Tree(Canvas canvas, double x, double y, double size, Colour paint)
    {
        Colour leaves = canvas.Near(new Colour(0.20, 0.50, 0.20));
        canvas.Box(x - (0.06 * size), y, x + (0.06 * size), y + (0.6 * size), new Colour(0.40, 0.28, 0.18));
        for (int i = 0; i < 5; i++)
        {
            canvas.Ellipse(
                x + (canvas.Between(-0.25, 0.25) * size), y + (canvas.Between(-0.4, 0) * size), 0.5 * size, 0.5 * size, leaves.Times(canvas.Between(0.8, 1.2)));
        }

        canvas.Ellipse(x + (0.1 * size), y - (0.1 * size), 0.08 * size, 0.08 * size, paint);
    }

    private static void Car(Canvas canvas, double x, double y, double size, Colour paint)
    {
        double half = 0.6 * size;
        double road = y + (0.25 * size);
        canvas.Ellipse(x, y - (0.02 * size), 0.8 * size, 0.6 * size, paint);
        canvas.Ellipse(x, y - (0.02 * size), 0.66 * size, 0.46 * size, s_glass);
        canvas.Box(x - half, y, x + half, road, paint);
        foreach (double wheel in (ReadOnlySpan<double>)[-0.35, 0.35])
        {
            canvas.Ellipse(x + (wheel * size), road, 0.26 * size, 0.26 * size, s_dark);
            canvas.Ellipse(x + (wheel * size), road, 0.12 * size, 0.12 * size, new Colour(0.75, 0.75, 0.78));
        }
    }

    private static void Flower(Canvas canvas, double x, double y, double size, Colour paint)
    {
        canvas.Line((x, y), (x, 1), 0.04, new Colour(0.25, 0.50, 0.20));
        for (int i = 0; i < 7; i++)
        {
            (double sin, double cos) = Math.SinCos(i * Math.Tau / 7);
            canvas.Ellipse(x + (0.3 * size * cos), y + (0.3 * size * sin), 0.32 * size, 0.32 * size, paint);
        }

        canvas.Ellipse(x, y, 0.34 * size, 0.34 * size, new Colour(0.90, 0.80, 0.25));
    }

    private static void Fish(Canvas canvas, double x, double y, double size, Colour paint)
    {
        double tail = canvas.Any<double>(-1, 1) * size;
        canvas.Triangle((x + (0.3 * tail), y), (x + (0.65 * tail), y - (0.25 * size)), (x + (0.65 * tail), y + (0.25 * size)), paint.Times(0.8));
        canvas.Ellipse(x, y, 0.95 * size, 0.5 * size, paint);
        canvas.Ellipse(x - (0.28 * tail), y - (0.06 * size), 0.1 * size, 0.1 * size, s_dark);
    }
}
