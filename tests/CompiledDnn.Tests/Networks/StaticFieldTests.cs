using Xunit;

namespace CompiledDnn.Tests.Networks;

/// <summary>A network in a static field of its own class, the way a singleton is written.</summary>
[Network(3, 4, 1)]
internal sealed partial class SharedNetwork
{
    public static readonly SharedNetwork Instance = new(seed: 1);
}

public class StaticFieldTests
{
    [Fact]
    public void A_network_in_a_static_field_of_its_class_is_whole() =>
        Assert.Equal(new SharedNetwork(seed: 1).Predict([1, 2, 3]), SharedNetwork.Instance.Predict([1, 2, 3]));
}
