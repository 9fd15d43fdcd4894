using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using CompiledDnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CompiledDnn.Generator.Parsing;

/// <summary>Reads what the build task wrote: a line for each thing, its kind first.</summary>
internal static class WeightsManifests
{
    private const string Suffix = ".networkweights.txt";

    /// <summary>True if the task wrote the file.</summary>
    public static bool Is(AdditionalText file) => file.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads those among a project's additional files.</summary>
    public static EquatableArray<WeightsManifest> ReadAll(ImmutableArray<AdditionalText> files, CancellationToken cancellationToken) =>
        new(files.Where(Is).Select(file => Read(file, cancellationToken)));

    /// <summary>Reads a file.</summary>
    public static WeightsManifest Read(AdditionalText file, CancellationToken cancellationToken)
    {
        string network = "", name = "", resource = "";
        string? problem = null;
        var tensors = new List<WeightsTensor>();
        IEnumerable<TextLine> lines = file.GetText(cancellationToken)?.Lines ?? Enumerable.Empty<TextLine>();
        foreach ((string kind, string value) in lines.Select(line => Split(line.ToString(), " ")))
        {
            switch (kind)
            {
                case "network":
                    network = value;
                    break;
                case "file":
                    name = value;
                    break;
                case "resource":
                    resource = value;
                    break;
                case "problem":
                    problem = value;
                    break;
                case "tensor":
                    (string type, string rest) = Split(value, " ");
                    (string shape, string tensor) = Split(rest, "] ");
                    tensors.Add(new(tensor, type, shape + "]"));
                    break;
            }
        }

        return new(network, name, resource, new(tensors), problem);
    }

    private static (string Before, string After) Split(string text, string separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and int at
            ? (text.Substring(0, at), text.Substring(at + separator.Length))
            : (text, "");
}
