using CompiledDnn;

namespace Samples.Cats;

/// <summary>Red, green and blue, each from 0 to 1.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    public Colour Times(double light) => new(Red * light, Green * light, Blue * light);
}

/// <summary>A picture being painted. The picture's upper left corner is (0, 0), its lower right corner (1, 1).</summary>
internal sealed class Canvas(NumPyRandom random)
{
    private const int Side = Pictures.Side;
    private const int Samples = 3;

    private readonly Colour[] _pixels = new Colour[Side * Side];

    /// <summary>A number from a range.</summary>
    public double Between(double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>One of several things.</summary>
    public T Any<T>(params ReadOnlySpan<T> things) => things[(int)(random.NextDouble() * things.Length)];

    /// <summary>A colour near another one.</summary>
    public Colour Near(Colour colour)
    {
        double light = Between(0.85, 1.15);
        return new(Shift(colour.Red), Shift(colour.Green), Shift(colour.Blue));

        double Shift(double part) => Math.Clamp((part * light) + Between(-0.06, 0.06), 0, 1);
    }

    /// <summary>Fills the picture with a colour that changes from the top to the bottom.</summary>
    public void Background(Colour top, Colour bottom)
    {
        for (int i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = Mix(top, bottom, (double)(i / Side) / (Side - 1));
        }
    }

    public void Ellipse(double x, double y, double width, double height, Colour colour) =>
        Fill(colour, x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2), (px, py) =>
            Square((px - x) / width) + Square((py - y) / height) < 0.25);

    public void Box(double left, double top, double right, double bottom, Colour colour) =>
        Fill(colour, left, top, right, bottom, (px, py) => px > left && px < right && py > top && py < bottom);

    public void Triangle((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, Colour colour) =>
        Fill(colour, Least(a.X, b.X, c.X), Least(a.Y, b.Y, c.Y), Most(a.X, b.X, c.X), Most(a.Y, b.Y, c.Y), (px, py) =>
        {
            bool ab = IsLeft(a, b), bc = IsLeft(b, c), ca = IsLeft(c, a);
            return ab == bc && bc == ca;

            bool IsLeft((double X, double Y) from, (double X, double Y) to) =>
                ((to.X - from.X) * (py - from.Y)) - ((to.Y - from.Y) * (px - from.X)) > 0;
        });

    public void Line((double X, double Y) from, (double X, double Y) to, double width, Colour colour)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = (dx * dx) + (dy * dy);
        double half = width / 2;
        Fill(colour, Math.Min(from.X, to.X) - half, Math.Min(from.Y, to.Y) - half, Math.Max(from.X, to.X) + half, Math.Max(from.Y, to.Y) + half, (px, py) =>
        {
            double t = Math.Clamp((((px - from.X) * dx) + ((py - from.Y) * dy)) / length, 0, 1);
            return Square(px - from.X - (t * dx)) + Square(py - from.Y - (t * dy)) < half * half;
        });
    }

    /// <summary>The picture as bytes, with a little noise as from a camera.</summary>
    /// <param name="bytes">64 × 64 × 3 bytes; overwritten.</param>
    public void CopyTo(Span<byte> bytes)
    {
        for (int i = 0; i < _pixels.Length; i++)
        {
            Colour pixel = _pixels[i];
            double noise = 0.02 * random.NextGaussian();
            bytes[3 * i] = Byte(pixel.Red);
            bytes[(3 * i) + 1] = Byte(pixel.Green);
            bytes[(3 * i) + 2] = Byte(pixel.Blue);

            byte Byte(double part) => (byte)Math.Clamp(Math.Round(255 * (part + noise)), 0, 255);
        }
    }

    // Fills a shape that lies between the four edges. A pixel takes as much of the colour as the shape covers of it.
    private void Fill(Colour colour, double left, double top, double right, double bottom, Func<double, double, bool> isInside)
    {
        for (int y = Pixel(top); y <= Pixel(bottom); y++)
        {
            for (int x = Pixel(left); x <= Pixel(right); x++)
            {
                int covered = 0;
                for (int sample = 0; sample < Samples * Samples; sample++)
                {
                    double dx = ((sample % Samples) + 0.5) / Samples, dy = ((sample / Samples) + 0.5) / Samples;
                    covered += isInside((x + dx) / Side, (y + dy) / Side) ? 1 : 0;
                }

                ref Colour pixel = ref _pixels[(y * Side) + x];
                pixel = Mix(pixel, colour, (double)covered / (Samples * Samples));
            }
        }

        static int Pixel(double edge) => Math.Clamp((int)(edge * Side), 0, Side - 1);
    }

    private static double Least(double a, double b, double c) => Math.Min(a, Math.Min(b, c));

    private static double Most(double a, double b, double c) => Math.Max(a, Math.Max(b, c));

    private static Colour Mix(Colour a, Colour b, double t) =>
        new(a.Red + (t * (b.Red - a.Red)), a.Green + (t * (b.Green - a.Green)), a.Blue + (t * (b.Blue - a.Blue)));

    private static double Square(double x) => x * x;
}
