using System.Text;
using CompiledDnn;
using Samples.Cats;

Console.OutputEncoding = Encoding.UTF8;
Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine("--help lists the options.");
    return 2;
}

if (options.AsksForHelp)
{
    Console.WriteLine(Options.Help);
    return 0;
}

CatData data;
try
{
    data = options.Data is { } folder ? CatDataset.Read(folder) : CatPictures.Draw(options.Seed);
}
catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

Initializer initializer = options.Initializer == Start.Course ? Initializer.Course : Initializer.Notebook;
string origin = options.Data is null
    ? "The pictures are drawn by this program; they are not the course's photographs (give those with --data)."
    : $"The pictures are those of {CatDataset.TrainFile} and {CatDataset.TestFile} in {options.Data}.";
if (options.IsDouble)
{
    Report.Network(CatClassifierDouble.Summary, options);
    Report.Data(data, origin);
    CatJob.Run(new CatClassifierDouble(options.Seed, initializer), data, options);
}
else
{
    Report.Network(CatClassifier.Summary, options);
    Report.Data(data, origin);
    CatJob.Run(new CatClassifier(options.Seed, initializer), data, options);
}

return 0;
