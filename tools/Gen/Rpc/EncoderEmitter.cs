// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>Writes a message's encoder: the size, then the fields in ascending order, defaults left out (RPC:M1).</summary>
internal static class EncoderEmitter
{
    internal static void Emit(SourceWriter source, Schema schema, MessageModel message)
    {
        if (schema.ShortBytes(message) is { } shortBytes) Short(source, schema, message, shortBytes);
        source.Line();
        source.Document("How many bytes <see cref=\"WriteTo\"/> writes.");
        source.Open("public readonly int ByteCount()");
        source.Line("int count = 0;");
        ForEachField(source, message, field => Size(source, schema, message, field));
        source.Line("return count;");
        source.Close();
        source.Line();
        source.Document("Writes the message in canonical form.");
        source.Open("public readonly void WriteTo(ref MessageWriter writer)");
        ForEachField(source, message, field => Write(source, schema, message, field));
        source.Close();
    }

    /// <summary>
    /// A message that has nothing but a member of its oneof, as nearly all of them, is known to be short: it can be written
    /// without computing its size first.
    /// </summary>
    private static void Short(SourceWriter source, Schema schema, MessageModel message, int shortBytes)
    {
        source.Line();
        source.Document("The most bytes that a message can have of which <see cref=\"IsShort\"/> is true.");
        source.Line($"public const int MaxShortBytes = {shortBytes};");
        source.Line();
        source.Document("True when there is nothing but a member of the oneof.");
        IEnumerable<string> tests = message.Fields.Where(field => !field.IsMember).Select(Absent);
        source.Line($"public readonly bool IsShort => {string.Join(" && ", tests.Take(4))}");
        source.Line($"    && {string.Join(" && ", tests.Skip(4))};");
        source.Line();
        source.Document("Writes the member of the oneof, which is all there is when <see cref=\"IsShort\"/> is true.");
        source.Open("public readonly void WriteMemberTo(ref MessageWriter writer)");
        MessageModel members = message with { Fields = [.. message.Members] };
        ForEachField(source, members, field => Write(source, schema, members, field));
        source.Close();
    }

    private static string Absent(FieldModel field) => field switch
    {
        { IsRepeated: true } => $"{field.Name}Count == 0",
        { IsOptionalMessage: true } => $"!Has{field.Name}",
        { Kind: FieldKind.Text } => $"{field.Name}.IsEmpty",
        { Kind: FieldKind.Bool } => $"!{field.Name}",
        _ => $"{field.Name} == 0",
    };

    /// <summary>Members of a oneof that follow each other become one switch instead of one test each.</summary>
    private static void ForEachField(SourceWriter source, MessageModel message, Action<FieldModel> emit)
    {
        List<FieldModel> members = [.. message.Members];
        bool isSwitch = IsSwitch(message);
        foreach (FieldModel field in message.Fields)
        {
            if (!field.IsMember || !isSwitch)
            {
                emit(field);
                continue;
            }
            if (field == members[0]) source.Open("switch (Case)");
            source.Open($"case {message.CaseType}.{field.Name}:");
            emit(field);
            source.Line("break;");
            source.Close();
            if (field == members[^1]) source.Close();
        }
    }

    private static void Size(SourceWriter source, Schema schema, MessageModel message, FieldModel field)
    {
        string test = Test(message, field);
        switch (field.Kind)
        {
            case FieldKind.Message:
                string place = OpenMessage(source, field, test);
                if (schema.IsShort(field))
                {
                    source.Line($"count += {field.HeaderBytes + 1} + {place}.ByteCount();");
                }
                else
                {
                    source.Line($"int bytes{field.Name} = {place}.ByteCount();");
                    source.Line($"count += {field.HeaderBytes} + Varint.ByteCount((ulong)bytes{field.Name}) + bytes{field.Name};");
                }
                if (test.Length > 0) source.Close();
                break;
            case FieldKind.Text:
                source.Line($"{test} count += {field.HeaderBytes + 1} + {field.Name}.Length;");
                break;
            case FieldKind.Fixed64:
                source.Line($"{test} count += {field.HeaderBytes + 8};");
                break;
            case FieldKind.Bool:
                source.Line($"{test} count += {field.HeaderBytes + 1};");
                break;
            default:
                source.Line($"{test} count += {field.HeaderBytes} + Varint.ByteCount({Value(field)});");
                break;
        }
    }

    private static void Write(SourceWriter source, Schema schema, MessageModel message, FieldModel field)
    {
        string method = field.HeaderBytes == 1 ? "WriteField" : "WriteWideField";
        string test = Test(message, field);
        switch (field.Kind)
        {
            case FieldKind.Message:
                string place = OpenMessage(source, field, test);
                if (schema.IsShort(field))
                {
                    source.Line($"nuint begin{field.Name} = writer.BeginMessage(0x{field.Header:x2});");
                    source.Line($"{place}.WriteTo(ref writer);");
                    source.Line($"writer.EndMessage(begin{field.Name});");
                }
                else
                {
                    source.Line($"writer.{method}(0x{field.Header:x2}, (ulong){place}.ByteCount());");
                    source.Line($"{place}.WriteTo(ref writer);");
                }
                if (test.Length > 0) source.Close();
                break;
            case FieldKind.Text:
                source.Line($"{test} writer.WriteTextField(0x{field.Header:x2}, in {field.Name});");
                break;
            case FieldKind.Fixed64:
                source.Line($"{test} writer.WriteFixed64Field(0x{field.Header:x2}, {field.Name});");
                break;
            default:
                source.Line($"{test} writer.{method}(0x{field.Header:x2}, {Value(field)});");
                break;
        }
    }

    /// <summary>Opens the block of a sub-message, unless the switch is its test already, and returns where the message lies.</summary>
    private static string OpenMessage(SourceWriter source, FieldModel field, string test)
    {
        if (test.Length > 0) source.Open(test);
        return field.IsRepeated ? field.Name + "[i]" : field.Name;
    }

    private static string Test(MessageModel message, FieldModel field) => field switch
    {
        { IsRepeated: true } => $"for (int i = 0; i < {field.Name}Count; i++)",
        { IsMember: true } when IsSwitch(message) => "",
        { IsMember: true } => $"if (Case == {message.CaseType}.{field.Name})",
        { IsOptionalMessage: true } => $"if (Has{field.Name})",
        { Kind: FieldKind.Text } => $"if (!{field.Name}.IsEmpty)",
        { Kind: FieldKind.Bool } => $"if ({field.Name})",
        _ => $"if ({field.Name} != 0)",
    };

    private static bool IsSwitch(MessageModel message)
    {
        int count = message.Members.Count();
        return count > 2 && message.Fields.SkipWhile(field => !field.IsMember).Take(count).All(field => field.IsMember);
    }

    private static string Value(FieldModel field) => field.Kind switch
    {
        FieldKind.Enum => $"(ulong){field.Name}",
        FieldKind.Bool => "1",
        _ => field.Name,
    };
}
