using System.Globalization;

namespace CompiledDnn;

/// <summary>Reads what <see cref="ActivationTraitsAttribute.Onnx"/> says into an expression.</summary>
internal ref struct OnnxFormParser
{
    private const int MaxDepth = 50;

    private readonly string _activation;
    private readonly string _form;
    private readonly double _negativeSlope;
    private readonly double _alpha;
    private int _at;
    private int _depth;

    private OnnxFormParser(string activation, string form, double negativeSlope, double alpha)
    {
        _activation = activation;
        _form = form;
        _negativeSlope = negativeSlope;
        _alpha = alpha;
    }

    /// <summary>The expression of a layer's activation, its slope and alpha filled in; null if the activation has no form in ONNX.</summary>
    /// <param name="layer">The layer.</param>
    /// <exception cref="NotSupportedException">What the activation says of its form is no expression.</exception>
    public static OnnxExpression? Parse(LayerInfo layer) =>
        layer.Onnx is { } form ? Parse(layer.Activation, form, layer.NegativeSlope, layer.Alpha) : null;

    /// <summary>The expression that a form is.</summary>
    /// <param name="activation">The activation's name for messages.</param>
    /// <param name="form">The form.</param>
    /// <param name="negativeSlope">What NegativeSlope stands for.</param>
    /// <param name="alpha">What Alpha stands for.</param>
    /// <exception cref="NotSupportedException">The form is no expression.</exception>
    public static OnnxExpression Parse(string activation, string form, double negativeSlope, double alpha)
    {
        var parser = new OnnxFormParser(activation, form, negativeSlope, alpha);
        OnnxExpression expression = parser.Expression();
        if (parser._at < form.Length)
        {
            throw parser.Bad("nothing more");
        }

        if (expression is OnnxNumber)
        {
            throw parser.Bad("an operator in z");
        }

        return expression;
    }

    private OnnxExpression Expression()
    {
        if (++_depth > MaxDepth)
        {
            throw Bad($"at most {MaxDepth} operators in each other");
        }

        OnnxExpression expression = Inner();
        _depth--;
        return expression;
    }

    private OnnxExpression Inner()
    {
        SkipSpace();
        if (Peek() is '-' or '.' or (>= '0' and <= '9'))
        {
            return new OnnxNumber(Number(out _));
        }

        string name = Name();
        if (name == "z")
        {
            return OnnxExpression.Variable;
        }

        if (Option(name) is double option)
        {
            return new OnnxNumber(option);
        }

        Expect('(');
        var inputs = new List<OnnxExpression>();
        var attributes = new List<OnnxAttribute>();
        do
        {
            SkipSpace();
            if (AttributeName() is { } attribute)
            {
                attributes.Add(Attribute(attribute));
            }
            else
            {
                inputs.Add(Expression());
            }
        }
        while (Take(','));

        Expect(')');
        return new OnnxOperation(name, [.. inputs], [.. attributes]);
    }

    private OnnxAttribute Attribute(string name)
    {
        SkipSpace();
        if (Peek() is '-' or '.' or (>= '0' and <= '9'))
        {
            double number = Number(out bool isInteger);
            return new(name, number, isInteger);
        }

        return Option(Name()) is double option ? new(name, option, IsInteger: false) : throw Bad("a number, NegativeSlope or Alpha");
    }

    // A name and an equals sign, or null with nothing taken.
    private string? AttributeName()
    {
        int start = _at;
        if (char.IsAsciiLetter(Peek()))
        {
            string name = Name();
            if (Take('='))
            {
                return name;
            }
        }

        _at = start;
        return null;
    }

    private readonly double? Option(string name) => name switch
    {
        nameof(LayerInfo.NegativeSlope) => _negativeSlope,
        nameof(LayerInfo.Alpha) => _alpha,
        _ => null,
    };

    private double Number(out bool isInteger)
    {
        int start = _at;
        while (char.IsAsciiDigit(Peek()) || Peek() is '.' or '-' or '+' or 'e' or 'E')
        {
            _at++;
        }

        ReadOnlySpan<char> text = _form.AsSpan(start, _at - start);
        isInteger = text.IndexOfAny('.', 'e', 'E') < 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Bad("a number");
    }

    private string Name()
    {
        SkipSpace();
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            _at++;
        }

        return _at > start ? _form[start.._at] : throw Bad("z, a number or an operator");
    }

    private bool Take(char expected)
    {
        SkipSpace();
        if (Peek() != expected)
        {
            return false;
        }

        _at++;
        SkipSpace();
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Bad($"'{expected}'");
        }
    }

    private void SkipSpace()
    {
        while (Peek() == ' ')
        {
            _at++;
        }
    }

    private readonly char Peek() => _at < _form.Length ? _form[_at] : '\0';

    private readonly NotSupportedException Bad(string expected) => new(
        $"The activation {_activation} says that its form in ONNX is '{_form}', but {expected} was expected at character {_at + 1}; correct ActivationTraits.Onnx.");
}
