// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Description;

/// <summary>How a field is written.</summary>
public enum FieldKind { UInt32, UInt64, Bool, String, Enum, Message }

/// <summary>A message: the fields between two braces.</summary>
public sealed class MessageSchema(string name, FieldSchema[] fields)
{
    public string Name { get; } = name;

    public IReadOnlyList<FieldSchema> Fields { get; } = fields;

    /// <summary>The field with this name, or null.</summary>
    public FieldSchema? Find(string field) => Fields.FirstOrDefault(candidate => candidate.Name == field);
}

/// <summary>A field.</summary>
/// <param name="summary">What it means, in one sentence.</param>
public sealed class FieldSchema(string name, int number, FieldKind kind, bool isRepeated, string summary)
{
    public string Name { get; } = name;

    public int Number { get; } = number;

    public FieldKind Kind { get; } = kind;

    public bool IsRepeated { get; } = isRepeated;

    public string Summary { get; } = summary;

    /// <summary>What is between its braces, when it is a message.</summary>
    public MessageSchema? Message { get; init; }

    /// <summary>Its values, when it is an enum.</summary>
    public EnumSchema? Enum { get; init; }
}

/// <summary>A set of words.</summary>
public sealed class EnumSchema(string name, EnumValueSchema[] values)
{
    public string Name { get; } = name;

    public IReadOnlyList<EnumValueSchema> Values { get; } = values;
}

/// <summary>One of the words.</summary>
public sealed record EnumValueSchema(string Name, int Number, string Summary);
