using Microsoft.CodeAnalysis;

namespace CompiledDnn.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of the library. 0001 to 0009 and 0020 mean that the class cannot be extended, so that nothing is generated; the other
/// errors mean that its values are wrong, so that its members are generated with bodies that throw. In every message {0} is the class.
/// </summary>
internal static class DiagnosticDescriptors
{
    private const string Category = "CompiledDnn";
    private const string Help = "https://github.com/compiled-dnn/compiled-dnn/blob/main/generator/docs/";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "CDNN0001",
        "A network class must be partial",
        "'{0}' is completed by generated code, so it and every type around it must be partial: add 'partial' to {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0001.md");

    public static readonly DiagnosticDescriptor IsStatic = new(
        "CDNN0002",
        "A network class cannot be static",
        "'{0}' is static, but a network is an object that holds weights: remove 'static'",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0002.md");

    public static readonly DiagnosticDescriptor IsGeneric = new(
        "CDNN0003",
        "A network class cannot be generic or nested in a generic type",
        "'{0}' must be neither generic nor nested in a generic type, but '{1}' has type parameters: remove them or move the network out of '{1}'",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0003.md");

    public static readonly DiagnosticDescriptor IsAbstract = new(
        "CDNN0004",
        "A network class cannot be abstract",
        "'{0}' is abstract, but a network is created with 'new': remove 'abstract'",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0004.md");

    public static readonly DiagnosticDescriptor IsRecord = new(
        "CDNN0005",
        "A network cannot be a record",
        "'{0}' is a record, but a network is not a value to be copied and compared: declare it as a class",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0005.md");

    public static readonly DiagnosticDescriptor IsStruct = new(
        "CDNN0006",
        "A network cannot be a struct",
        "'{0}' is a struct, but the weights of a network are shared by all who hold it: declare it as a class",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0006.md");

    public static readonly DiagnosticDescriptor IsFileLocal = new(
        "CDNN0007",
        "A network class cannot be file-local",
        "'{0}' is completed in a generated file, from which '{1}' cannot be seen because it is file-local: remove 'file' from '{1}'",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0007.md");

    public static readonly DiagnosticDescriptor HasPrimaryConstructor = new(
        "CDNN0008",
        "A network class cannot have a primary constructor",
        "'{0}' has a primary constructor, but the generated constructor must be able to set up the weights without its parameters: declare a constructor that calls this(...) instead",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0008.md");

    public static readonly DiagnosticDescriptor BaseHasNoConstructor = new(
        "CDNN0009",
        "The base class of a network needs a constructor without parameters",
        "'{0}' derives from '{1}', which has no accessible constructor without parameters for the generated constructor to call: add one to '{1}' or choose another base class",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0009.md");

    public static readonly DiagnosticDescriptor TooFewSizes = new(
        "CDNN0010",
        "A network needs at least two sizes",
        "'{0}' needs at least two sizes, the inputs and the outputs of each layer, but {1} given: write for example [Network(30, 8, 1)]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0010.md");

    public static readonly DiagnosticDescriptor SizeNotPositive = new(
        "CDNN0011",
        "A size is at least 1",
        "'{0}': every size must be at least 1, but the number of {1} is {2}: give a positive number",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0011.md");

    public static readonly DiagnosticDescriptor TooLarge = new(
        "CDNN0012",
        "A network is too large",
        "'{0}' is too large: expected at most {1} {2}, but layers 1 to {3} have {4}: make them smaller",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0012.md");

    public static readonly DiagnosticDescriptor RowActivationHidden = new(
        "CDNN0013",
        "An activation over all outputs fits the last layer only",
        "'{0}': '{1}' works on all outputs of an example at once, which only the last layer can use, but layer {2} of {3} has it: choose another activation for that layer",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0013.md");

    public static readonly DiagnosticDescriptor RowActivationOneOutput = new(
        "CDNN0014",
        "An activation over all outputs needs at least two",
        "'{0}': '{1}' relates the outputs of an example to each other and needs at least two, but the network has one: give the network more outputs or choose another activation, such as Sigmoid",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0014.md");

    public static readonly DiagnosticDescriptor LossDoesNotFit = new(
        "CDNN0015",
        "The loss does not fit the output",
        "'{0}': the loss '{1}' needs {2}, but {3}: {4}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0015.md");

    public static readonly DiagnosticDescriptor LayerOutOfRange = new(
        "CDNN0016",
        "[Layer] names a layer that the network does not have",
        "'{0}' has layers 1 to {1}, but [Layer] names layer {2}: give the number of one of its layers",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0016.md");

    public static readonly DiagnosticDescriptor LayerTwice = new(
        "CDNN0017",
        "A layer has more than one [Layer]",
        "'{0}': expected one [Layer] attribute for a layer, but layer {1} has another one before this: merge the two",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0017.md");

    public static readonly DiagnosticDescriptor BothForms = new(
        "CDNN0018",
        "The same thing is given by name and by type",
        "'{0}': expected either {1} or {2}, but both are given: remove one of them",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0018.md");

    public static readonly DiagnosticDescriptor UnusableType = new(
        "CDNN0019",
        "A type cannot be used as activation or loss",
        "'{0}': '{1}' cannot be used as {2}: {3}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0019.md");

    public static readonly DiagnosticDescriptor NameTaken = new(
        "CDNN0020",
        "A name is taken by a generated member",
        "'{0}': '{1}' is the name of a generated member, but {2}: {3}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0020.md");

    public static readonly DiagnosticDescriptor NetworkTwice = new(
        "CDNN0021",
        "A class has more than one [Network]",
        "'{0}': expected one [Network] attribute on a class and all its parts, but this is another one: remove it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0021.md");

    public static readonly DiagnosticDescriptor ConstructorSkipsWeights = new(
        "CDNN0022",
        "A constructor of a network must call the generated one",
        "'{0}': expected a constructor that calls the generated one, which sets the weights, but this one does not: add ': this()' or ': this(seed)' to it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0022.md");

    public static readonly DiagnosticDescriptor OptionOutOfRange = new(
        "CDNN0023",
        "A value is out of range",
        "'{0}': {1} must be {2}, but it is {3}: give such a value or leave it out",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0023.md");

    public static readonly DiagnosticDescriptor OptionUnused = new(
        "CDNN0024",
        "An option is not used",
        "'{0}': {1} is given, but {2}: remove it or choose another {3}",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0024.md");

    public static readonly DiagnosticDescriptor LayerWithoutNetwork = new(
        "CDNN0025",
        "[Layer] has no effect without [Network]",
        "'{0}': expected [Layer] beside a [Network] attribute, but there is none and so it has no effect: add [Network] or remove [Layer]",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0025.md");

    public static readonly DiagnosticDescriptor DropoutOfLastLayer = new(
        "CDNN0026",
        "The last layer cannot have dropout",
        "'{0}': the outputs of layer {1} are the predictions and cannot be dropped: remove its Dropout or give it to a layer before",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0026.md");

    public static readonly DiagnosticDescriptor WeightsDoNotFit = new(
        "CDNN0027",
        "The weights of a network cannot be used",
        "'{0}': the weights in '{1}' cannot be used: {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0027.md");

    public static readonly DiagnosticDescriptor WeightsOfNoNetwork = new(
        "CDNN0028",
        "Weights are given for a class that is no network",
        "'{0}' is to have the weights in '{1}', but is the name of no single network class: give Network in the project file as {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0028.md");

    public static readonly DiagnosticDescriptor NothingGenerated = new(
        "CDNN0100",
        "No code was generated for a network class",
        "No code was generated for '{0}': {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CDNN0100.md");
}
