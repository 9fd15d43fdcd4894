using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>A compiled project in memory, which can be unloaded. It shares the runtime with the tests.</summary>
internal sealed class LoadedProject : IDisposable
{
    private readonly AssemblyLoadContext _context = new("UserProject", isCollectible: true);

    private LoadedProject(Stream image) => Assembly = _context.LoadFromStream(image);

    public Assembly Assembly { get; }

    public static LoadedProject Of(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        return new(image);
    }

    /// <summary>A type by its metadata name.</summary>
    public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

    /// <summary>A new network of a class.</summary>
    public INetwork<T> Network<T>(string name, int seed = 1)
        where T : unmanaged =>
        (INetwork<T>)Activator.CreateInstance(Type(name), seed, null)!;

    /// <summary>Calls a static method without parameters.</summary>
    public object? Call(string type, string method) => Type(type).GetMethod(method)!.Invoke(null, null);

    public void Dispose() => _context.Unload();
}
