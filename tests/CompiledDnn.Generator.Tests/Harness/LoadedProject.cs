using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace CompiledDnn.Generator.Tests.Harness;

/// <summary>A user's project, compiled and loaded until it is disposed.</summary>
internal sealed class LoadedProject : IDisposable
{
    private readonly AssemblyLoadContext _context = new("UserProject", isCollectible: true);

    public LoadedProject(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        Assembly = _context.LoadFromStream(image);
    }

    public Assembly Assembly { get; }

    /// <summary>A type by its name in metadata, such as Outer+Inner.</summary>
    public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

    /// <summary>A new network with the emitted constructor.</summary>
    public INetwork<T> Create<T>(string name, int seed = 0, Initializer? initializer = null)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        ConstructorInfo? constructor = Type(name).GetConstructor([typeof(int), typeof(Initializer)]);
        Assert.NotNull(constructor);
        return Assert.IsAssignableFrom<INetwork<T>>(
            constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [seed, initializer], null));
    }

    /// <summary>The value of a public constant of a class.</summary>
    public object? Constant(string name, string constant)
    {
        FieldInfo? field = Type(name).GetField(constant, BindingFlags.Public | BindingFlags.Static);
        Assert.NotNull(field);
        Assert.True(field.IsLiteral);
        return field.GetRawConstantValue();
    }

    public void Dispose() => _context.Unload();
}
