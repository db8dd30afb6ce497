// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Gen.Rpc;

/// <summary>Writes the fields of a message's struct, and how they are emptied and selected.</summary>
/// <remarks>
/// Nothing large is ever cleared as a whole: a sub-message is emptied, field by field, when it is selected or first met
/// while decoding, and what is not selected is not looked at.
/// </remarks>
internal static class StorageEmitter
{
    internal static void Emit(SourceWriter source, MessageModel message)
    {
        if (message.HasOneof)
        {
            source.Document("Which member counts; the storage of the others holds nothing of meaning.");
            source.Line($"public {message.CaseType} Case;");
            source.Line();
        }
        foreach (FieldModel field in message.Fields)
        {
            if (field != message.Fields[0]) source.Line();
            Field(source, field);
        }
        Clear(source, message);
        foreach (FieldModel field in message.Fields)
        {
            if (field.Kind == FieldKind.Message) Select(source, message, field);
        }
    }

    private static void Field(SourceWriter source, FieldModel field)
    {
        if (field.IsRepeated)
        {
            source.Document($"How many entries of <see cref=\"{field.Name}\"/> there is room for.");
            source.Line($"public const int {field.Name}Capacity = {field.Capacity};");
            source.Line();
            source.Document($"How many entries of <see cref=\"{field.Name}\"/> count.");
            source.Line($"public int {field.Name}Count;");
            source.Line();
            source.Document("How many more entries a decoded message had than there was room for; they were checked and dropped.");
            source.Line($"public int {field.Name}Dropped;");
            source.Line();
            source.Document(field.Comment);
            source.Line($"public {field.Name}List {field.Name};");
            return;
        }
        if (field.IsOptionalMessage)
        {
            source.Document($"Whether <see cref=\"{field.Name}\"/> counts.");
            source.Line($"public bool Has{field.Name};");
            source.Line();
        }
        source.Document(field.Comment);
        source.Line($"public {field.TypeName} {field.Name};");
    }

    private static void Clear(SourceWriter source, MessageModel message)
    {
        source.Line();
        source.Document("Makes it the message without any field.");
        source.Open("public void Clear()");
        if (message.HasOneof) source.Line($"Case = {message.CaseType}.None;");
        foreach (FieldModel field in message.Fields)
        {
            if (field.IsMember) continue;
            source.Line(field switch
            {
                { IsRepeated: true } => $"{field.Name}Count = {field.Name}Dropped = 0;",
                { IsOptionalMessage: true } => $"Has{field.Name} = false;",
                { Kind: FieldKind.Text } => $"{field.Name}.Clear();",
                { Kind: FieldKind.Bool } => $"{field.Name} = false;",
                _ => $"{field.Name} = 0;",
            });
        }
        source.Close();
    }

    private static void Select(SourceWriter source, MessageModel message, FieldModel field)
    {
        source.Line();
        if (field.IsRepeated)
        {
            source.Document($"Adds an empty entry to <see cref=\"{field.Name}\"/> and returns its index, or -1 when there is no room.");
            source.Open($"public int Add{field.Name}()");
            source.Line($"if ({field.Name}Count >= {field.Name}Capacity) return -1;");
            source.Line($"{field.Name}[{field.Name}Count].Clear();");
            source.Line($"return {field.Name}Count++;");
            source.Close();
            return;
        }
        source.Document($"Selects <see cref=\"{field.Name}\"/> and makes it empty.");
        source.Open($"public void Select{field.Name}()");
        source.Line(field.IsMember ? $"Case = {message.CaseType}.{field.Name};" : $"Has{field.Name} = true;");
        source.Line($"{field.Name}.Clear();");
        source.Close();
    }
}
