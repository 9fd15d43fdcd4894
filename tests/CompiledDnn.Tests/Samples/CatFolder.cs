using Samples.Cats;

namespace CompiledDnn.Tests;

/// <summary>A folder for files of cats, deleted with the test.</summary>
internal sealed class CatFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cats").FullName;

    public string Train => System.IO.Path.Combine(Path, CatDataset.TrainFile);

    public string Test => System.IO.Path.Combine(Path, CatDataset.TestFile);

    /// <summary>The layout of the course's files, with other pictures.</summary>
    public static CatFolder WithPictures(CatData data)
    {
        var folder = new CatFolder();
        File.WriteAllBytes(folder.Train, Layout("train", data.Train).ToArray());
        File.WriteAllBytes(folder.Test, Layout("test", data.Test).ToArray());
        return folder;
    }

    public static OldHdf5 Layout(string set, Pictures pictures) =>
        new OldHdf5()
            .Bytes($"{set}_set_x", [pictures.Count, 64, 64, 3], pictures.Pixels)
            .Longs($"{set}_set_y", [pictures.Count], Array.ConvertAll(pictures.Labels, label => (long)label))
            .Strings("list_classes", 7, "non-cat", "cat");

    /// <summary>Few pictures of numbers that follow from their place.</summary>
    public static Pictures Small(int count)
    {
        var pixels = new byte[count * Pictures.Size];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((i * 7) + (i / Pictures.Size));
        }

        return new Pictures(pixels, [.. Enumerable.Range(0, count).Select(i => (byte)(i % 3 == 0 ? 1 : 0))]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
