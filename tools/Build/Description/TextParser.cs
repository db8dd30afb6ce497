// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;

namespace Sel4.Tools.Build.Description;

/// <summary>Reads a message in protobuf's text format by its schema, and says what is wrong with line, column and a suggestion.</summary>
/// <remarks>
/// A name or value that does not fit is noted and passed over, so that one run shows all of them; text that cannot be taken
/// apart ends the reading.
/// </remarks>
public sealed class TextParser
{
    private const int MaxDepth = 16;
    private readonly TextLexer _lexer;
    private readonly List<DescriptionProblem> _problems;
    private TextToken _token;

    private TextParser(string file, string text, List<DescriptionProblem> problems)
    {
        _lexer = new TextLexer(file, text);
        _problems = problems;
    }

    /// <summary>Reads a whole text. What is wrong is added to <paramref name="problems"/>; the rest is in the result.</summary>
    public static TextMessage Parse(string file, string text, MessageSchema schema, List<DescriptionProblem> problems)
    {
        TextParser parser = new(file, text, problems);
        TextMessage root = new(schema, new TextPosition(file, 1, 1));
        try
        {
            parser.Advance();
            parser.Fields(root, '\0', 0);
        }
        catch (TextSyntaxException end)
        {
            problems.Add(end.Problem);
        }

        return root;
    }

    private void Advance() => _token = _lexer.Next();

    private void Fields(TextMessage message, char closing, int depth)
    {
        while (true)
        {
            while (_token.Is(',') || _token.Is(';')) Advance();
            if (closing != '\0' && _token.Is(closing)) return;
            if (_token.Kind == TextTokenKind.End)
            {
                if (closing == '\0') return;
                throw TextLexer.Wrong(_token.Position, $"the '{{' of {message.Position} is not closed");
            }

            if (_token.Kind != TextTokenKind.Word) throw Misplaced($"where the name of a field of {message.Schema.Name} belongs");
            Field(message, depth);
        }
    }

    private void Field(TextMessage message, int depth)
    {
        TextToken name = _token;
        FieldSchema? schema = message.Schema.Find(name.Text);
        if (schema == null) Note(name.Position, UnknownField(message.Schema, name.Text));
        else if (!schema.IsRepeated && message.Has(name.Text))
            Note(name.Position, $"{name.Text} is set already at {message.PositionOf(name.Text)}");
        Advance();
        bool hasColon = _token.Is(':');
        if (hasColon) Advance();
        if (!_token.Is('[')) One(message, schema, name, hasColon, depth);
        else Several(message, schema, name, depth);
    }

    private void Several(TextMessage message, FieldSchema? schema, TextToken name, int depth)
    {
        if (schema is { IsRepeated: false }) Note(_token.Position, $"{name.Text} has one value, not a list");
        Advance();
        while (!_token.Is(']'))
        {
            One(message, schema, name, true, depth);
            if (_token.Is(',')) Advance();
            else if (!_token.Is(']')) throw Misplaced("in a list where ',' or ']' belongs");
        }

        Advance();
    }

    private void One(TextMessage message, FieldSchema? schema, TextToken name, bool hasColon, int depth)
    {
        if (_token.Is('{') || _token.Is('<'))
        {
            Inner(message, schema, name, depth);
            return;
        }

        if (!hasColon) throw TextLexer.Wrong(_token.Position, $"{_token.Named} follows {name.Text} without ':' between them");
        TextToken value = _token;
        object? read = ReadScalar(schema, name.Text);
        if (read != null && schema != null) message.Add(new TextField(schema, name.Position, read));
        else if (schema?.Kind == FieldKind.Message) Note(value.Position, $"{name.Text} takes {Wanted(schema)}, not {value.Named}");
    }

    private void Inner(TextMessage message, FieldSchema? schema, TextToken name, int depth)
    {
        char closing = _token.Is('{') ? '}' : '>';
        if (depth == MaxDepth) throw TextLexer.Wrong(_token.Position, $"braces lie more than {MaxDepth} deep");
        if (schema != null && schema.Kind != FieldKind.Message)
            Note(_token.Position, $"{name.Text} takes {Wanted(schema)}, not fields between braces");
        Advance();

        // Unknown fields are read past by a schema without fields, whose complaints are not wanted.
        bool isKnown = schema?.Message != null;
        int problems = _problems.Count;
        TextMessage inner = new(schema?.Message ?? new MessageSchema(name.Text, []), name.Position);
        Fields(inner, closing, depth + 1);
        if (!isKnown) _problems.RemoveRange(problems, _problems.Count - problems);
        Advance();
        if (isKnown) message.Add(new TextField(schema!, name.Position, inner));
    }

    /// <summary>Reads a value; null, after a note, when it is not what the field takes.</summary>
    private object? ReadScalar(FieldSchema? schema, string name)
    {
        TextToken value = _token;
        bool isNegative = value.Is('-');
        if (isNegative)
        {
            Advance();
            value = _token;
        }

        if (value.Kind is TextTokenKind.Symbol or TextTokenKind.End) throw Misplaced($"where the value of {name} belongs");
        string text = value.Text;
        Advance();
        if (value.Kind == TextTokenKind.String)
            for (; _token.Kind == TextTokenKind.String; Advance()) text += _token.Text;
        if (schema == null || schema.Kind == FieldKind.Message) return null;
        object? read = isNegative ? null : Convert(schema, value.Kind, text);
        string given = isNegative ? "-" + text : value.Named;
        if (read == null) Note(value.Position, $"{name} takes {Wanted(schema)}, not {given}{Guess(schema, text)}");
        return read;
    }

    private static object? Convert(FieldSchema schema, TextTokenKind kind, string text) => schema.Kind switch
    {
        FieldKind.String => kind == TextTokenKind.String ? text : null,
        FieldKind.Bool => kind == TextTokenKind.Word && text is "true" or "false" ? text == "true" : null,
        FieldKind.Enum => kind == TextTokenKind.Word ? Value(schema.Enum!, text) : null,
        _ => kind == TextTokenKind.Number ? Number(text, schema.Kind == FieldKind.UInt32 ? uint.MaxValue : ulong.MaxValue) : null,
    };

    private static object? Value(EnumSchema type, string text) =>
        type.Values.FirstOrDefault(value => value.Name == text) is { } found ? (ulong)found.Number : null;

    private static object? Number(string text, ulong limit)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isRead = isHex
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

        // protobuf reads 010 as eight; nobody who writes it means that, so it is no number here.
        bool isOctal = !isHex && text.Length > 1 && text[0] == '0';
        return isRead && !isOctal && value <= limit ? value : null;
    }

    private static string Wanted(FieldSchema schema) => schema.Kind switch
    {
        FieldKind.String => "text between quotation marks",
        FieldKind.Bool => "true or false",
        FieldKind.Enum => "one of " + string.Join(", ", schema.Enum!.Values.Select(value => value.Name)),
        FieldKind.Message => "fields between '{' and '}'",
        FieldKind.UInt32 => "a number from 0 to 4294967295, decimal or 0x…",
        _ => "a number from 0 to 18446744073709551615, decimal or 0x…",
    };

    private static string Guess(FieldSchema schema, string text)
    {
        string? near = schema.Enum == null ? null : Suggestion.Nearest(text, schema.Enum.Values.Select(value => value.Name));
        return near == null ? "" : $"; did you mean {near}?";
    }

    private static string UnknownField(MessageSchema schema, string name)
    {
        string? near = Suggestion.Nearest(name, schema.Fields.Select(field => field.Name));
        return near != null
            ? $"{schema.Name} has no field '{name}'; did you mean '{near}'?"
            : $"{schema.Name} has no field '{name}'; it has {string.Join(", ", schema.Fields.Select(field => field.Name))}";
    }

    private TextSyntaxException Misplaced(string where) => TextLexer.Wrong(_token.Position, $"{_token.Named} stands {where}");

    private void Note(TextPosition position, string sentence) => _problems.Add(new DescriptionProblem(position, sentence));
}
