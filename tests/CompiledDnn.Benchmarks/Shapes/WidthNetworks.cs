namespace CompiledDnn.Benchmarks;

/// <summary>The networks of the sweep, [10, w, w, 10] for every w from 8 to 96: a step's time must not jump from one width to the next.</summary>
internal static class WidthNetworks
{
    /// <summary>The first width.</summary>
    public const int First = 8;

    /// <summary>The last width.</summary>
    public const int Last = 96;

    /// <summary>A network of a width.</summary>
    public static INetwork<float> Create(int width) => s_all[width - First]();

    private static readonly Func<INetwork<float>>[] s_all =
    [
        () => new W8(), () => new W9(), () => new W10(), () => new W11(), () => new W12(), () => new W13(),
        () => new W14(), () => new W15(), () => new W16(), () => new W17(), () => new W18(), () => new W19(),
        () => new W20(), () => new W21(), () => new W22(), () => new W23(), () => new W24(), () => new W25(),
        () => new W26(), () => new W27(), () => new W28(), () => new W29(), () => new W30(), () => new W31(),
        () => new W32(), () => new W33(), () => new W34(), () => new W35(), () => new W36(), () => new W37(),
        () => new W38(), () => new W39(), () => new W40(), () => new W41(), () => new W42(), () => new W43(),
        () => new W44(), () => new W45(), () => new W46(), () => new W47(), () => new W48(), () => new W49(),
        () => new W50(), () => new W51(), () => new W52(), () => new W53(), () => new W54(), () => new W55(),
        () => new W56(), () => new W57(), () => new W58(), () => new W59(), () => new W60(), () => new W61(),
        () => new W62(), () => new W63(), () => new W64(), () => new W65(), () => new W66(), () => new W67(),
        () => new W68(), () => new W69(), () => new W70(), () => new W71(), () => new W72(), () => new W73(),
        () => new W74(), () => new W75(), () => new W76(), () => new W77(), () => new W78(), () => new W79(),
        () => new W80(), () => new W81(), () => new W82(), () => new W83(), () => new W84(), () => new W85(),
        () => new W86(), () => new W87(), () => new W88(), () => new W89(), () => new W90(), () => new W91(),
        () => new W92(), () => new W93(), () => new W94(), () => new W95(), () => new W96(),
    ];
}

[Network(10, 8, 8, 10, Output = Activation.Softmax)] internal sealed partial class W8;
[Network(10, 9, 9, 10, Output = Activation.Softmax)] internal sealed partial class W9;
[Network(10, 10, 10, 10, Output = Activation.Softmax)] internal sealed partial class W10;
[Network(10, 11, 11, 10, Output = Activation.Softmax)] internal sealed partial class W11;
[Network(10, 12, 12, 10, Output = Activation.Softmax)] internal sealed partial class W12;
[Network(10, 13, 13, 10, Output = Activation.Softmax)] internal sealed partial class W13;
[Network(10, 14, 14, 10, Output = Activation.Softmax)] internal sealed partial class W14;
[Network(10, 15, 15, 10, Output = Activation.Softmax)] internal sealed partial class W15;
[Network(10, 16, 16, 10, Output = Activation.Softmax)] internal sealed partial class W16;
[Network(10, 17, 17, 10, Output = Activation.Softmax)] internal sealed partial class W17;
[Network(10, 18, 18, 10, Output = Activation.Softmax)] internal sealed partial class W18;
[Network(10, 19, 19, 10, Output = Activation.Softmax)] internal sealed partial class W19;
[Network(10, 20, 20, 10, Output = Activation.Softmax)] internal sealed partial class W20;
[Network(10, 21, 21, 10, Output = Activation.Softmax)] internal sealed partial class W21;
[Network(10, 22, 22, 10, Output = Activation.Softmax)] internal sealed partial class W22;
[Network(10, 23, 23, 10, Output = Activation.Softmax)] internal sealed partial class W23;
[Network(10, 24, 24, 10, Output = Activation.Softmax)] internal sealed partial class W24;
[Network(10, 25, 25, 10, Output = Activation.Softmax)] internal sealed partial class W25;
[Network(10, 26, 26, 10, Output = Activation.Softmax)] internal sealed partial class W26;
[Network(10, 27, 27, 10, Output = Activation.Softmax)] internal sealed partial class W27;
[Network(10, 28, 28, 10, Output = Activation.Softmax)] internal sealed partial class W28;
[Network(10, 29, 29, 10, Output = Activation.Softmax)] internal sealed partial class W29;
[Network(10, 30, 30, 10, Output = Activation.Softmax)] internal sealed partial class W30;
[Network(10, 31, 31, 10, Output = Activation.Softmax)] internal sealed partial class W31;
[Network(10, 32, 32, 10, Output = Activation.Softmax)] internal sealed partial class W32;
[Network(10, 33, 33, 10, Output = Activation.Softmax)] internal sealed partial class W33;
[Network(10, 34, 34, 10, Output = Activation.Softmax)] internal sealed partial class W34;
[Network(10, 35, 35, 10, Output = Activation.Softmax)] internal sealed partial class W35;
[Network(10, 36, 36, 10, Output = Activation.Softmax)] internal sealed partial class W36;
[Network(10, 37, 37, 10, Output = Activation.Softmax)] internal sealed partial class W37;
[Network(10, 38, 38, 10, Output = Activation.Softmax)] internal sealed partial class W38;
[Network(10, 39, 39, 10, Output = Activation.Softmax)] internal sealed partial class W39;
[Network(10, 40, 40, 10, Output = Activation.Softmax)] internal sealed partial class W40;
[Network(10, 41, 41, 10, Output = Activation.Softmax)] internal sealed partial class W41;
[Network(10, 42, 42, 10, Output = Activation.Softmax)] internal sealed partial class W42;
[Network(10, 43, 43, 10, Output = Activation.Softmax)] internal sealed partial class W43;
[Network(10, 44, 44, 10, Output = Activation.Softmax)] internal sealed partial class W44;
[Network(10, 45, 45, 10, Output = Activation.Softmax)] internal sealed partial class W45;
[Network(10, 46, 46, 10, Output = Activation.Softmax)] internal sealed partial class W46;
[Network(10, 47, 47, 10, Output = Activation.Softmax)] internal sealed partial class W47;
[Network(10, 48, 48, 10, Output = Activation.Softmax)] internal sealed partial class W48;
[Network(10, 49, 49, 10, Output = Activation.Softmax)] internal sealed partial class W49;
[Network(10, 50, 50, 10, Output = Activation.Softmax)] internal sealed partial class W50;
[Network(10, 51, 51, 10, Output = Activation.Softmax)] internal sealed partial class W51;
[Network(10, 52, 52, 10, Output = Activation.Softmax)] internal sealed partial class W52;
[Network(10, 53, 53, 10, Output = Activation.Softmax)] internal sealed partial class W53;
[Network(10, 54, 54, 10, Output = Activation.Softmax)] internal sealed partial class W54;
[Network(10, 55, 55, 10, Output = Activation.Softmax)] internal sealed partial class W55;
[Network(10, 56, 56, 10, Output = Activation.Softmax)] internal sealed partial class W56;
[Network(10, 57, 57, 10, Output = Activation.Softmax)] internal sealed partial class W57;
[Network(10, 58, 58, 10, Output = Activation.Softmax)] internal sealed partial class W58;
[Network(10, 59, 59, 10, Output = Activation.Softmax)] internal sealed partial class W59;
[Network(10, 60, 60, 10, Output = Activation.Softmax)] internal sealed partial class W60;
[Network(10, 61, 61, 10, Output = Activation.Softmax)] internal sealed partial class W61;
[Network(10, 62, 62, 10, Output = Activation.Softmax)] internal sealed partial class W62;
[Network(10, 63, 63, 10, Output = Activation.Softmax)] internal sealed partial class W63;
[Network(10, 64, 64, 10, Output = Activation.Softmax)] internal sealed partial class W64;
[Network(10, 65, 65, 10, Output = Activation.Softmax)] internal sealed partial class W65;
[Network(10, 66, 66, 10, Output = Activation.Softmax)] internal sealed partial class W66;
[Network(10, 67, 67, 10, Output = Activation.Softmax)] internal sealed partial class W67;
[Network(10, 68, 68, 10, Output = Activation.Softmax)] internal sealed partial class W68;
[Network(10, 69, 69, 10, Output = Activation.Softmax)] internal sealed partial class W69;
[Network(10, 70, 70, 10, Output = Activation.Softmax)] internal sealed partial class W70;
[Network(10, 71, 71, 10, Output = Activation.Softmax)] internal sealed partial class W71;
[Network(10, 72, 72, 10, Output = Activation.Softmax)] internal sealed partial class W72;
[Network(10, 73, 73, 10, Output = Activation.Softmax)] internal sealed partial class W73;
[Network(10, 74, 74, 10, Output = Activation.Softmax)] internal sealed partial class W74;
[Network(10, 75, 75, 10, Output = Activation.Softmax)] internal sealed partial class W75;
[Network(10, 76, 76, 10, Output = Activation.Softmax)] internal sealed partial class W76;
[Network(10, 77, 77, 10, Output = Activation.Softmax)] internal sealed partial class W77;
[Network(10, 78, 78, 10, Output = Activation.Softmax)] internal sealed partial class W78;
[Network(10, 79, 79, 10, Output = Activation.Softmax)] internal sealed partial class W79;
[Network(10, 80, 80, 10, Output = Activation.Softmax)] internal sealed partial class W80;
[Network(10, 81, 81, 10, Output = Activation.Softmax)] internal sealed partial class W81;
[Network(10, 82, 82, 10, Output = Activation.Softmax)] internal sealed partial class W82;
[Network(10, 83, 83, 10, Output = Activation.Softmax)] internal sealed partial class W83;
[Network(10, 84, 84, 10, Output = Activation.Softmax)] internal sealed partial class W84;
[Network(10, 85, 85, 10, Output = Activation.Softmax)] internal sealed partial class W85;
[Network(10, 86, 86, 10, Output = Activation.Softmax)] internal sealed partial class W86;
[Network(10, 87, 87, 10, Output = Activation.Softmax)] internal sealed partial class W87;
[Network(10, 88, 88, 10, Output = Activation.Softmax)] internal sealed partial class W88;
[Network(10, 89, 89, 10, Output = Activation.Softmax)] internal sealed partial class W89;
[Network(10, 90, 90, 10, Output = Activation.Softmax)] internal sealed partial class W90;
[Network(10, 91, 91, 10, Output = Activation.Softmax)] internal sealed partial class W91;
[Network(10, 92, 92, 10, Output = Activation.Softmax)] internal sealed partial class W92;
[Network(10, 93, 93, 10, Output = Activation.Softmax)] internal sealed partial class W93;
[Network(10, 94, 94, 10, Output = Activation.Softmax)] internal sealed partial class W94;
[Network(10, 95, 95, 10, Output = Activation.Softmax)] internal sealed partial class W95;
[Network(10, 96, 96, 10, Output = Activation.Softmax)] internal sealed partial class W96;
