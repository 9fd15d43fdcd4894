using System.Globalization;

namespace CompiledDnn;

/// <summary>
/// An expression as a sum of products, by which two are compared: the same activation is written in one way here and in others by
/// other tools, such as z · (1 + erf(z / √2)) · ½ and (½ z) · (erf(z / √2) + 1).
/// </summary>
internal sealed class OnnxNormalForm
{
    // Constants went through single precision, or were the result of a division there.
    private const double Tolerance = 1e-6;

    private readonly double _constant;
    private readonly List<Term> _terms;

    private OnnxNormalForm(double constant, List<Term> terms)
    {
        _constant = constant;
        _terms = terms;
    }

    private bool IsConstant => _terms.Count == 0;

    /// <summary>True if both mean the same, up to the rounding of their constants.</summary>
    public static bool AreSame(OnnxExpression a, OnnxExpression b) => Same(Of(a), Of(b));

    /// <summary>True if an expression is <paramref name="scale"/> · z + <paramref name="shift"/>.</summary>
    public static bool IsAffine(OnnxExpression expression, out double scale, out double shift)
    {
        OnnxNormalForm form = Of(expression);
        (scale, shift) = (form._terms is [{ Factors: [VariableFactor] }] ? form._terms[0].Scale : 0, form._constant);
        return scale != 0 && double.IsFinite(scale) && double.IsFinite(shift);
    }

    private static OnnxNormalForm Of(OnnxExpression expression) => expression switch
    {
        OnnxNumber number => new(number.Value, []),
        OnnxOperation operation => Of(operation),
        _ => Single(new VariableFactor()),
    };

    private static OnnxNormalForm Of(OnnxOperation operation)
    {
        OnnxNormalForm[] inputs = [.. operation.Inputs.Select(Of)];
        return (operation.Name, inputs) switch
        {
            ("Add", [var a, var b]) => Sum(a, b),
            ("Sub", [var a, var b]) => Sum(a, Scaled(b, -1)),
            ("Neg", [var a]) => Scaled(a, -1),
            ("Mul", [var a, var b]) => Product(a, b),
            ("Div", [var a, { IsConstant: true } b]) => Scaled(a, 1 / b._constant),
            ("Div", [var a, var b]) => Product(a, Single(new CallFactor("Reciprocal", [b], []))),
            ("Max" or "Min", _) => Single(new CallFactor(operation.Name, [.. inputs.OrderBy(static input => input.Key, StringComparer.Ordinal)], [])),
            _ => Single(new CallFactor(operation.Name, inputs, operation.Attributes)),
        };
    }

    private static OnnxNormalForm Single(Factor factor) => new(0, [new Term(1, [factor])]);

    private static OnnxNormalForm Scaled(OnnxNormalForm form, double scale) =>
        new(form._constant * scale, [.. form._terms.Select(term => term with { Scale = term.Scale * scale })]);

    private static OnnxNormalForm Sum(OnnxNormalForm a, OnnxNormalForm b)
    {
        var terms = new List<Term>(a._terms);
        foreach (Term term in b._terms)
        {
            int at = terms.FindIndex(other => Same(other.Factors, term.Factors));
            if (at < 0)
            {
                terms.Add(term);
            }
            else
            {
                terms[at] = terms[at] with { Scale = terms[at].Scale + term.Scale };
            }
        }

        return new(a._constant + b._constant, [.. terms.OrderBy(static term => term.Key, StringComparer.Ordinal)]);
    }

    private static OnnxNormalForm Product(OnnxNormalForm a, OnnxNormalForm b)
    {
        if (a.IsConstant || b.IsConstant)
        {
            return a.IsConstant ? Scaled(b, a._constant) : Scaled(a, b._constant);
        }

        (double scaleOfA, IEnumerable<Factor> factorsOfA) = Factors(a);
        (double scaleOfB, IEnumerable<Factor> factorsOfB) = Factors(b);
        Factor[] factors = [.. factorsOfA.Concat(factorsOfB).OrderBy(static factor => factor.Key, StringComparer.Ordinal)];
        return new(0, [new Term(scaleOfA * scaleOfB, factors)]);
    }

    // A sum becomes a factor whose constant, or else first term, has the scale one.
    private static (double Scale, IEnumerable<Factor> Factors) Factors(OnnxNormalForm form)
    {
        if (form._terms.Count == 1 && form._constant == 0)
        {
            return (form._terms[0].Scale, form._terms[0].Factors);
        }

        double scale = form._constant != 0 ? form._constant : form._terms[0].Scale;
        return scale == 0 ? (1, [new SumFactor(form)]) : (scale, [new SumFactor(Scaled(form, 1 / scale))]);
    }

    private static bool Same(OnnxNormalForm a, OnnxNormalForm b) =>
        Same(a._constant, b._constant)
        && a._terms.Count == b._terms.Count
        && a._terms.Zip(b._terms).All(static pair => Same(pair.First.Scale, pair.Second.Scale) && Same(pair.First.Factors, pair.Second.Factors));

    private static bool Same(Factor[] a, Factor[] b) =>
        a.Length == b.Length && a.Zip(b).All(static pair => (pair.First, pair.Second) switch
        {
            (VariableFactor, VariableFactor) => true,
            (SumFactor first, SumFactor second) => Same(first.Sum, second.Sum),
            (CallFactor first, CallFactor second) => Same(first, second),
            _ => false,
        });

    private static bool Same(CallFactor a, CallFactor b) =>
        a.Name == b.Name
        && a.Inputs.Length == b.Inputs.Length
        && a.Inputs.Zip(b.Inputs).All(static pair => Same(pair.First, pair.Second))
        && a.Attributes.Length == b.Attributes.Length
        && a.Attributes.All(attribute => b.Attributes.Any(other => other.Name == attribute.Name && Same(other.Value, attribute.Value)));

    private static bool Same(double a, double b) => a == b || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private string Key => string.Join('+', _terms.Select(static term => term.Key).Prepend(Rounded(_constant)));

    private static string Rounded(double number) => number.ToString("G3", CultureInfo.InvariantCulture);

    private sealed record Term(double Scale, Factor[] Factors)
    {
        public string Key => string.Join('*', Factors.Select(static factor => factor.Key).Append(Rounded(Scale)));
    }

    private abstract record Factor
    {
        public abstract string Key { get; }
    }

    private sealed record VariableFactor : Factor
    {
        public override string Key => "z";
    }

    private sealed record SumFactor(OnnxNormalForm Sum) : Factor
    {
        public override string Key => $"({Sum.Key})";
    }

    private sealed record CallFactor(string Name, OnnxNormalForm[] Inputs, OnnxAttribute[] Attributes) : Factor
    {
        public override string Key => $"{Name}({string.Join(',', Inputs.Select(static input => input.Key))})";
    }
}
