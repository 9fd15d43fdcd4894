using PureHDF;
using PureHDF.VOL.Native;

namespace Samples.Cats;

/// <summary>
/// Reads the course's pictures: train_catvnoncat.h5 and test_catvnoncat.h5, HDF5 files in which <c>train_set_x</c> holds the pixels
/// as bytes, [pictures, 64, 64, 3], and <c>train_set_y</c> the labels as 64-bit integers, [pictures].
/// </summary>
internal static class CatDataset
{
    public const string TrainFile = "train_catvnoncat.h5";

    public const string TestFile = "test_catvnoncat.h5";

    /// <summary>Reads both files of a folder.</summary>
    /// <exception cref="IOException">There is no such folder or file, or it cannot be opened.</exception>
    /// <exception cref="InvalidDataException">A file is something else, damaged, or another data set; the message says what was found.</exception>
    public static CatData Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}'; give the one that holds {TrainFile} and {TestFile}.");
        }

        return new CatData(ReadFile(Path.Combine(folder, TrainFile), "train"), ReadFile(Path.Combine(folder, TestFile), "test"));
    }

    private static Pictures ReadFile(string path, string set)
    {
        Hdf5Check.Check(path);

        // Through a stream that is no file the library reads in one place after the other, so that its position says how far it came.
        using var bytes = new BufferedStream(File.OpenRead(path));
        try
        {
            using NativeFile file = H5File.Open(bytes, leaveOpen: true);
            IH5Dataset pixels = Find(file, path, $"{set}_set_x");
            IH5Dataset labels = Find(file, path, $"{set}_set_y");
            ulong pictures = pixels.Space.Dimensions is [> 0, Pictures.Side, Pictures.Side, 3] found ? found[0] : 0;
            if (pictures == 0 || !IsInteger(pixels, 1))
            {
                throw Wrong(path, pixels, "bytes [pictures, 64, 64, 3]");
            }

            if (!(labels.Space.Dimensions is [var count] && count == pictures) || !IsInteger(labels, 8))
            {
                throw Wrong(path, labels, $"64-bit integers [{pictures}], one label for each picture");
            }

            long[] numbers = labels.Read<long[]>();
            return new Pictures(pixels.Read<byte[]>(), Array.ConvertAll(numbers, number => Label(path, labels.Name, number)));
        }
        catch (Exception exception) when (exception is not (InvalidDataException or UnauthorizedAccessException))
        {
            // The library meets a damaged file with whatever exception its bytes lead to.
            throw new InvalidDataException(
                $"{path}, near byte {bytes.Position}: an HDF5 file, but damaged or of a kind that cannot be read ({exception.Message.TrimEnd('.')}). Download it again.",
                exception);
        }
    }

    private static IH5Dataset Find(NativeFile file, string path, string name)
    {
        if (!file.LinkExists(name))
        {
            string[] names = [.. file.Children().Select(child => child.Name)];
            string found = names.Length == 0 ? "nothing" : string.Join(", ", names);
            throw new InvalidDataException($"{path}: not the cat data set: it has no {name}; it holds {found}.");
        }

        return file.Dataset(name);
    }

    private static bool IsInteger(IH5Dataset dataset, int bytes) =>
        dataset.Type.Class == H5DataTypeClass.FixedPoint && dataset.Type.Size == bytes;

    private static InvalidDataException Wrong(string path, IH5Dataset dataset, string expected)
    {
        string dimensions = string.Join(", ", dataset.Space.Dimensions);
        return new($"{path}: not the cat data set: {dataset.Name} should be {expected}, but is {dataset.Type.Class} of {dataset.Type.Size} bytes [{dimensions}].");
    }

    private static byte Label(string path, string name, long number) =>
        number is 0 or 1 ? (byte)number : throw new InvalidDataException($"{path}: not the cat data set: labels are 0 or 1, but {name} holds {number}.");
}
