// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Description;

/// <summary>A place in a description: line and column count from 1.</summary>
public readonly record struct TextPosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>Something wrong with a description: where, and a sentence that says what and what would do.</summary>
public sealed record DescriptionProblem(TextPosition Position, string Sentence)
{
    public override string ToString() => $"{Position}: {Sentence}";
}

/// <summary>A field as it was written, or as a default put it there.</summary>
/// <param name="Position">Where its name stands.</param>
/// <param name="Value">A ulong for numbers and enums, a bool, a string, or a <see cref="TextMessage"/>.</param>
public sealed record TextField(FieldSchema Schema, TextPosition Position, object Value);

/// <summary>A message as it was written.</summary>
public sealed class TextMessage(MessageSchema schema, TextPosition position)
{
    private readonly List<TextField> _fields = [];

    public MessageSchema Schema { get; } = schema;

    /// <summary>Where the field stands that it is the value of.</summary>
    public TextPosition Position { get; } = position;

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<TextField> Fields => _fields;

    public void Add(TextField field) => _fields.Add(field);

    public bool Has(string field) => _fields.Any(candidate => candidate.Schema.Name == field);

    /// <summary>All values of a repeated field, with their places.</summary>
    public IEnumerable<TextField> All(string field) => _fields.Where(candidate => candidate.Schema.Name == field);

    /// <summary>The messages of a field.</summary>
    public IEnumerable<TextMessage> Messages(string field) => All(field).Select(candidate => (TextMessage)candidate.Value);

    public TextMessage? Message(string field) => Messages(field).FirstOrDefault();

    /// <summary>The text of a field; empty when it is not there.</summary>
    public string Text(string field) => (string?)All(field).FirstOrDefault()?.Value ?? "";

    /// <summary>The number of a field; 0 when it is not there.</summary>
    public ulong Number(string field) => (ulong?)All(field).FirstOrDefault()?.Value ?? 0;

    public bool Flag(string field) => (bool?)All(field).FirstOrDefault()?.Value ?? false;

    /// <summary>Where a field stands; where the message begins when the field is not there.</summary>
    public TextPosition PositionOf(string field) => All(field).FirstOrDefault()?.Position ?? Position;

    /// <summary>Gives a field a value that the text leaves out.</summary>
    public void SetDefault(string field, object value)
    {
        if (!Has(field)) Set(field, value);
    }

    /// <summary>Gives a field the text of another when it has none; the other's place is where to look.</summary>
    public void SetDefaultFrom(string field, string other)
    {
        if (!Has(field)) _fields.Add(new TextField(Schema.Find(field)!, PositionOf(other), Text(other)));
    }

    /// <summary>Gives a field a value, whatever it had.</summary>
    public void Set(string field, object value)
    {
        FieldSchema schema = Schema.Find(field) ?? throw new ArgumentException($"{Schema.Name} has no field {field}", nameof(field));
        _fields.RemoveAll(candidate => candidate.Schema == schema);
        _fields.Add(new TextField(schema, Position, value));
    }

    /// <summary>Takes all values of a field away.</summary>
    public void Remove(string field) => _fields.RemoveAll(candidate => candidate.Schema.Name == field);

    /// <summary>The message of a field, made when it is not there.</summary>
    public TextMessage Require(string field)
    {
        if (Message(field) is { } present) return present;
        FieldSchema schema = Schema.Find(field)!;
        TextMessage made = new(schema.Message!, Position);
        _fields.Add(new TextField(schema, Position, made));
        return made;
    }
}
