using Xunit;

namespace CompiledDnn.Tests.Files;

/// <summary>Damages a small file in every way that touches one place of it.</summary>
internal static class Damage
{
    // What means something in headers that are text, the ends of the range, and lengths that run over.
    private static readonly byte[] s_values = [0, (byte)'"', (byte)'\'', (byte)'0', (byte)'9', (byte)'-', (byte)',', (byte)'\\', (byte)'{', (byte)'}', 0x7F, 0x80, 0xFF];

    /// <summary>The file cut off at every length, and each byte changed, left out, doubled, and followed by another.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="from">The first byte to damage.</param>
    /// <param name="count">How many bytes to damage; −1 for all to the end.</param>
    public static IEnumerable<(string What, byte[] File)> Of(byte[] whole, int from = 0, int count = -1)
    {
        int end = count < 0 ? whole.Length : from + count;
        for (int at = from; at < end; at++)
        {
            yield return ($"cut off at {at}", whole[..at]);
            yield return ($"without byte {at}", [.. whole[..at], .. whole[(at + 1)..]]);
            yield return ($"with byte {at} twice", [.. whole[..at], whole[at], .. whole[at..]]);
            yield return ($"with a byte more at {at}", [.. whole[..at], (byte)'"', .. whole[at..]]);
            byte here = whole[at];
            foreach (byte value in Enumerable.Range(0, 8).Select(bit => (byte)(here ^ (1 << bit))).Concat(s_values).Where(value => value != here).Distinct())
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                yield return ($"with byte {at} set to {value}", changed);
            }
        }

        yield return ("with a byte after it", [.. whole, 0]);
    }

    /// <summary>The file cut off at every length, and each byte changed once, for what takes long to read.</summary>
    /// <param name="whole">The file.</param>
    public static IEnumerable<(string What, byte[] File)> Briefly(byte[] whole)
    {
        for (int at = 0; at < whole.Length; at++)
        {
            yield return ($"cut off at {at}", whole[..at]);
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 << (at % 8));
            yield return ($"with byte {at} set to {changed[at]}", changed);
        }
    }

    /// <summary>
    /// Reads every damaged file: each is read, or refused by the one exception, and takes no more memory than the limit. Anything else fails.
    /// </summary>
    /// <typeparam name="TRefusal">The one exception.</typeparam>
    /// <param name="files">The files.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="check">Looks at a refusal of a file of that length.</param>
    /// <param name="maxBytes">The most memory that reading one may take.</param>
    /// <returns>How many were refused.</returns>
    public static int Refusals<TRefusal>(IEnumerable<(string What, byte[] File)> files, Action<byte[]> read, Action<TRefusal, int> check, long maxBytes = 1_000_000)
        where TRefusal : Exception
    {
        int refused = 0;
        foreach ((string what, byte[] file) in files)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(file);
            }
            catch (TRefusal refusal)
            {
                refused++;
                check(refusal, file.Length);
            }
            catch (Exception other)
            {
                Assert.Fail($"The file {what}: {other}");
            }

            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken <= maxBytes, $"The file {what} took {taken} bytes of memory.");
        }

        return refused;
    }
}
