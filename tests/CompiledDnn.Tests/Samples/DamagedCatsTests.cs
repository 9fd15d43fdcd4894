using CompiledDnn.Tests.Files;
using Samples.Cats;
using Xunit;

namespace CompiledDnn.Tests;

/// <summary>Damaged files of cats are read, or refused by one exception with the file and the reason.</summary>
public class DamagedCatsTests
{
    // The library makes an array of the length that a file says before it looks at how long the file is.
    private const long MaxBytes = 200_000_000;

    private static readonly Pictures s_pictures = CatFolder.Small(1);

    [Fact]
    public void Everything_before_the_pixels_changed_byte_by_byte_or_cut_off()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(s_pictures, s_pictures));
        byte[] whole = File.ReadAllBytes(folder.Train);

        // The pixels follow upon two names of seven letters, and the label upon them.
        int end = whole.Length - sizeof(long) - Pictures.Size - 14;
        Assert.Equal(s_pictures.Pixels, whole.AsSpan(end + 14, Pictures.Size));

        int refused = Damage.Refusals<InvalidDataException>(
            Damage.Briefly(whole).Take(2 * end),
            file => Read(folder, file),
            (refusal, _) => Check(folder, refusal),
            MaxBytes);

        Assert.InRange(refused, end + 250, 2 * end);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(s_pictures, s_pictures));
        byte[] whole = File.ReadAllBytes(folder.Train);
        int[] lengths = [.. Enumerable.Range(0, whole.Length).Where(length => length % 61 == 0 || length > whole.Length - 40)];

        int refused = Damage.Refusals<InvalidDataException>(
            lengths.Select(length => ($"cut off at {length}", whole[..length])),
            file => Read(folder, file),
            (refusal, length) =>
            {
                Check(folder, refusal);
                Assert.Contains(length == 0 ? "it is empty" : length < 8 ? "it begins with the bytes" : $"{length}", refusal.Message, StringComparison.Ordinal);
            });

        Assert.Equal(lengths.Length, refused);
    }

    [Fact]
    public void What_the_library_stumbles_over_is_told_with_the_byte()
    {
        using CatFolder folder = CatFolder.WithPictures(new CatData(s_pictures, s_pictures));
        byte[] file = File.ReadAllBytes(folder.Train);

        // The address of the root group is that of its heap.
        (file[64], file[65]) = (0xA8, 0x02);
        File.WriteAllBytes(folder.Train, file);

        string message = Assert.Throws<InvalidDataException>(() => CatDataset.Read(folder.Path)).Message;

        Assert.Matches(@"train_catvnoncat\.h5, near byte 6[89][0-9]: an HDF5 file, but damaged or of a kind that cannot be read \(.+\)\. Download it again\.$", message);
    }

    private static void Read(CatFolder folder, byte[] file)
    {
        File.WriteAllBytes(folder.Train, file);
        Assert.Equal(1, CatDataset.Read(folder.Path).Train.Count);
    }

    private static void Check(CatFolder folder, InvalidDataException refusal) => Assert.StartsWith(folder.Train, refusal.Message, StringComparison.Ordinal);
}
