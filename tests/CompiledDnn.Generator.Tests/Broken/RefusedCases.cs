using Xunit;

namespace CompiledDnn.Generator.Tests.Broken;

/// <summary>A class that cannot be extended, for every diagnostic that says so.</summary>
internal static class RefusedCases
{
    /// <summary>The id, the source, and how a user names the workspace.</summary>
    public static TheoryData<string, string, string> All => new()
    {
        { "CDNN0001", "[Network(4, 1)] class Net;", "Net.Workspace" },
        { "CDNN0001", "class Outer { [Network(4, 1)] internal partial class Net; }", "Outer.Net.Workspace" },
        { "CDNN0002", "[Network(4, 1)] static partial class Net;", "Net.Workspace" },
        { "CDNN0003", "[Network(4, 1)] partial class Net<T>;", "Net<int>.Workspace" },
        { "CDNN0003", "partial class Outer<T> { [Network(4, 1)] internal partial class Net; }", "Outer<int>.Net.Workspace" },
        { "CDNN0004", "[Network(4, 1)] abstract partial class Net;", "Net.Workspace" },
        { "CDNN0005", "[Network(4, 1)] partial record Net;", "Net.Workspace" },
        { "CDNN0006", "[Network(4, 1)] partial struct Net;", "Net.Workspace" },
        { "CDNN0006", "[Network(4, 1)] partial record struct Net;", "Net.Workspace" },
        { "CDNN0007", "[Network(4, 1)] file partial class Net;", "Net.Workspace" },
        { "CDNN0008", "[Network(4, 1)] partial class Net();", "Net.Workspace" },
        { "CDNN0009", "class Base { private Base() { } public Base(int x) { } }\n[Network(4, 1)] partial class Net : Base { public Net(string text) : base(text.Length) { } }", "Net.Workspace" },
        { "CDNN0020", "[Network(4, 1)] partial class Net { public void Forward() { } }", "Net.Workspace" },
        { "CDNN0020", "[Network(4)] partial class Net { public int W1 => 1; }", "Net.Workspace" },
        { "CDNN0020", "[Network(4, 1)] partial class Net { public Net(int seed, Initializer? initializer) { } }", "Net.Workspace" },
        { "CDNN0020", "[Network(4, 1)] partial class Workspace;", "Workspace.Workspace" },
        { "CDNN0020", "class Base { public int ParameterCount => 1; }\n[Network(4, 1)] partial class Net : Base;", "Net.Workspace" },
    };
}
