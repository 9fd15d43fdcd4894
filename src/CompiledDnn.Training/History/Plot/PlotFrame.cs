namespace CompiledDnn;

/// <summary>The part of a picture that lines are drawn in, in pixels from the upper left corner.</summary>
/// <param name="Left">Its left side.</param>
/// <param name="Top">Its upper side.</param>
/// <param name="Right">Its right side.</param>
/// <param name="Bottom">Its lower side.</param>
internal readonly record struct PlotFrame(double Left, double Top, double Right, double Bottom)
{
    /// <summary>From side to side.</summary>
    public double Width => Right - Left;

    /// <summary>Where a position from 0 to 1 along the lower side is.</summary>
    public double X(double position) => Left + (position * Width);

    /// <summary>Where a position from 0 to 1 along the left side is, counted upwards.</summary>
    public double Y(double position) => Bottom - (position * (Bottom - Top));
}
