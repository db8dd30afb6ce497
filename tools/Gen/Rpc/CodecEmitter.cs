// SPDX-License-Identifier: BSD-2-Clause
using System.Linq;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>Writes the file of a codec: enums, then one struct a message with its storage, decoder and encoder.</summary>
public static class CodecEmitter
{
    /// <summary>The text of the generated file.</summary>
    public static string Emit(Schema schema, CodecJob job)
    {
        var source = new SourceWriter();
        source.Line("// SPDX-License-Identifier: BSD-2-Clause");
        source.Line($"// Generated from {job.Proto} by './sel4 gen' (tools/Gen/Rpc). Do not edit: a test compares.");
        source.Line("using System.Runtime.CompilerServices;");
        source.Line();
        source.Line($"namespace {job.Namespace};");
        foreach (EnumModel model in schema.Enums) Enum(source, model);
        foreach (MessageModel message in schema.Messages) Message(source, schema, message);
        return source.ToString();
    }

    private static void Enum(SourceWriter source, EnumModel model)
    {
        source.Line();
        source.Document(model.Comment);
        source.Open($"public enum {model.Name} : {(model.IsFieldType ? "ulong" : "uint")}");
        foreach (EnumValueModel value in model.Values)
        {
            if (value != model.Values[0]) source.Line();
            source.Document(value.Comment);
            source.Line($"{value.Name} = {value.Number},");
        }
        source.Close();
    }

    private static void Message(SourceWriter source, Schema schema, MessageModel message)
    {
        if (message.HasOneof) CaseEnum(source, message);
        source.Line();
        source.Document(message.Comment);
        source.Open($"public struct {message.Name}");
        StorageEmitter.Emit(source, message);
        DecoderEmitter.Emit(source, message);
        EncoderEmitter.Emit(source, schema, message);
        foreach (FieldModel field in message.Fields.Where(field => field.IsRepeated))
        {
            source.Line();
            source.Document($"Room for {field.Capacity} entries.");
            source.Line($"[InlineArray({field.Name}Capacity)]");
            source.Open($"public struct {field.Name}List");
            source.Line($"private {field.TypeName} _first;");
            source.Close();
        }
        source.Close();
    }

    private static void CaseEnum(SourceWriter source, MessageModel message)
    {
        source.Line();
        source.Document($"Which member of its oneof a {message.Name} holds, as the member's field number.");
        source.Open($"public enum {message.CaseType} : byte");
        source.Document("No member.");
        source.Line("None = 0,");
        foreach (FieldModel member in message.Members)
        {
            source.Line();
            source.Document(member.Comment.Summary);
            source.Line($"{member.Name} = {member.Number},");
        }
        source.Close();
    }
}
