using System.Buffers.Binary;
using System.Text;

namespace Samples.Cats;

/// <summary>
/// Tells an HDF5 file that is all there from what a failed download leaves in its place, before a parser stumbles over it.
/// </summary>
internal static class Hdf5Check
{
    private const int HeadLength = 1024;
    private const int SuperblockLength = 56;
    private static readonly byte[] s_signature = [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Throws unless the file is HDF5 and as long as it says it is.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The file is something else, or cut off; the message says what was found.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        using FileStream file = File.OpenRead(path);
        var head = new byte[HeadLength];
        int read = file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        ReadOnlySpan<byte> found = head.AsSpan(0, read);
        if (!found.StartsWith(s_signature))
        {
            throw new InvalidDataException($"{path}: not an HDF5 file: {Describe(found)}.");
        }

        if (found.Length < SuperblockLength)
        {
            throw new InvalidDataException($"{path}: an HDF5 file that was cut off: it has only {file.Length} bytes. Download it again.");
        }

        if (EndOfFile(found) is { } end && end > (ulong)file.Length)
        {
            throw new InvalidDataException(
                $"{path}: an HDF5 file that was cut off: it should have {end} bytes, but has {file.Length}. Download it again.");
        }
    }

    private static string Describe(ReadOnlySpan<byte> found)
    {
        string text = Encoding.UTF8.GetString(found).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (found.IsEmpty)
        {
            return "it is empty";
        }

        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            return "it is a git-LFS pointer, which stands for the file in a repository. Run 'git lfs pull' there, or download the file itself";
        }

        if (text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            return "it is a web page, as a download gives that led to a page about the file. Download the file itself";
        }

        return $"it begins with the bytes {Convert.ToHexString(found[..Math.Min(8, found.Length)])}";
    }

    // The superblock, the file's first block, holds the address of the file's end; where depends on its version (HDF5 File Format Specification, II.A).
    private static ulong? EndOfFile(ReadOnlySpan<byte> head)
    {
        (int widthAt, int endAt) = head[8] switch
        {
            0 => (13, 40),
            1 => (13, 44),
            2 or 3 => (9, 28),
            _ => (0, 0),
        };
        // Addresses of other widths are rare, and the parser knows them.
        return endAt > 0 && head[widthAt] == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(head[endAt..]) : null;
    }
}
