// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Gen.Rpc;

/// <summary>Writes a message's encoder: the size, then the fields in ascending order, defaults left out (RPC:M1).</summary>
internal static class EncoderEmitter
{
    internal static void Emit(SourceWriter source, MessageModel message)
    {
        source.Line();
        source.Document("How many bytes <see cref=\"WriteTo\"/> writes.");
        source.Open("public readonly int ByteCount()");
        source.Line("int count = 0;");
        foreach (FieldModel field in message.Fields) Size(source, message, field);
        source.Line("return count;");
        source.Close();
        source.Line();
        source.Document("Writes the message in canonical form.");
        source.Open("public readonly void WriteTo(ref MessageWriter writer)");
        foreach (FieldModel field in message.Fields) Write(source, message, field);
        source.Close();
    }

    private static void Size(SourceWriter source, MessageModel message, FieldModel field)
    {
        string test = $"if ({Test(message, field)})";
        switch (field.Kind)
        {
            case FieldKind.Message when field.IsRepeated:
                source.Open($"for (int i = 0; i < {field.Name}Count; i++)");
                MessageSize(source, field, field.Name + "[i]");
                source.Close();
                break;
            case FieldKind.Message:
                source.Open(test);
                MessageSize(source, field, field.Name);
                source.Close();
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

    private static void MessageSize(SourceWriter source, FieldModel field, string place)
    {
        source.Line($"int bytes{field.Name} = {place}.ByteCount();");
        source.Line($"count += {field.HeaderBytes} + Varint.ByteCount((ulong)bytes{field.Name}) + bytes{field.Name};");
    }

    private static void Write(SourceWriter source, MessageModel message, FieldModel field)
    {
        string method = field.HeaderBytes == 1 ? "WriteField" : "WriteWideField";
        string test = $"if ({Test(message, field)})";
        switch (field.Kind)
        {
            case FieldKind.Message:
                source.Open(field.IsRepeated ? $"for (int i = 0; i < {field.Name}Count; i++)" : test);
                string place = field.IsRepeated ? field.Name + "[i]" : field.Name;
                source.Line($"writer.{method}(0x{field.Header:x2}, (ulong){place}.ByteCount());");
                source.Line($"{place}.WriteTo(ref writer);");
                source.Close();
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

    private static string Test(MessageModel message, FieldModel field) => field switch
    {
        { IsMember: true } => $"Case == {message.CaseType}.{field.Name}",
        { IsOptionalMessage: true } => $"Has{field.Name}",
        { Kind: FieldKind.Text } => $"!{field.Name}.IsEmpty",
        { Kind: FieldKind.Bool } => field.Name,
        _ => $"{field.Name} != 0",
    };

    private static string Value(FieldModel field) => field.Kind switch
    {
        FieldKind.Enum => $"(ulong){field.Name}",
        FieldKind.Bool => "1",
        _ => field.Name,
    };
}
