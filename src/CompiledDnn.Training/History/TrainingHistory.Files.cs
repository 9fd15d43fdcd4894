using System.Text;

namespace CompiledDnn;

/// <content>The history as text and as files. A file is written whole or not at all.</content>
public sealed partial class TrainingHistory
{
    /// <summary>All of it as JSON, to be read by <see cref="FromJson"/> or by other programs. Numbers keep all their digits.</summary>
    public string ToJson() => HistoryJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> has written.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FormatException">The text is no such history; the message says why, and where.</exception>
    public static TrainingHistory FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return HistoryJson.Read(json);
    }

    /// <summary>Writes a JSON file.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    public void SaveJson(string path) => Save(path, ToJson());

    /// <summary>
    /// The epochs as comma-separated values: a line of names, then a line for each epoch. Numbers keep all their digits and have a point
    /// in every culture; what an epoch has no value for is empty.
    /// </summary>
    public string ToCsv() => HistoryCsv.Write(_epochs);

    /// <summary>Writes a file of comma-separated values.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    public void SaveCsv(string path) => Save(path, ToCsv());

    /// <summary>
    /// The cost curve as an SVG picture: the cost of training and validation over the epochs or, where the costs of steps were kept, over the
    /// iterations. What is infinite or not a number leaves a gap.
    /// </summary>
    /// <param name="options">How it looks; null for the defaults.</param>
    /// <exception cref="ArgumentException">The picture would be too small.</exception>
    public string ToSvg(CostCurveOptions? options = null) => new CostCurve(this, options ?? new CostCurveOptions()).Draw();

    /// <summary>Writes an SVG file of the cost curve.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="options">How it looks; null for the defaults.</param>
    /// <exception cref="ArgumentException">The picture would be too small.</exception>
    public void SaveSvg(string path, CostCurveOptions? options = null) => Save(path, ToSvg(options));

    private static void Save(string path, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
