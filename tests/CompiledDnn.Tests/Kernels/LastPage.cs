using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledDnn.Tests.Kernels;

/// <summary>Memory that ends where a page begins that nobody may read: what reads beyond it ends the process. On Linux only.</summary>
internal sealed class LastPage : IDisposable
{
    private const int ReadAndWrite = 3, PrivateAndAnonymous = 0x22;

    private readonly nint _pages;
    private readonly int _length;

    /// <param name="bytes">How many there is room for at least.</param>
    public LastPage(int bytes)
    {
        int page = Environment.SystemPageSize;
        _length = (bytes + page - 1) / page * page;
        _pages = Map(0, (nuint)(_length + page), ReadAndWrite, PrivateAndAnonymous, -1, 0);
        if (_pages == -1 || Protect(_pages + _length, (nuint)page, 0) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>The last numbers before the page.</summary>
    public Span<T> End<T>(int count)
        where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), _pages + _length - (count * Unsafe.SizeOf<T>())), count);

    public void Dispose() => _ = Unmap(_pages, (nuint)(_length + Environment.SystemPageSize));

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Protect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Unmap(nint address, nuint length);
}
