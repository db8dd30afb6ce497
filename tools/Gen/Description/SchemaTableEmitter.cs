// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Gen.Rpc;

namespace Sel4.Tools.Gen.Description;

/// <summary>Writes the table by which the tool reads descriptions as text.</summary>
internal static class SchemaTableEmitter
{
    internal static string Emit(DescriptionModel model, string proto)
    {
        var source = new SourceWriter();
        source.Line("// SPDX-License-Identifier: BSD-2-Clause");
        source.Line($"// Generated from {proto} by './sel4 gen' (tools/Gen/Description). Do not edit: a test compares.");
        source.Line("namespace Sel4.Tools.Build.Description;");
        source.Line();
        source.Document($"What {proto} says, for the reader of its text form.");
        source.Open("public static class SystemSchema");
        foreach (DescribedEnum type in model.Enums)
        {
            source.Line($"public static readonly EnumSchema {type.Name} = new(\"{type.Name}\",");
            source.Line("[");
            foreach (DescribedValue value in type.Values)
                source.Line($"    new(\"{value.Name}\", {value.Number}, {Text(value.Comment)}),");
            source.Line("]);");
            source.Line();
        }
        foreach (DescribedMessage message in model.Messages)
        {
            if (message != model.Messages[0]) source.Line();
            source.Line($"public static readonly MessageSchema {message.Name} = new(\"{message.Name}\",");
            source.Line("[");
            foreach (DescribedField field in message.Fields) Field(source, field);
            source.Line("]);");
        }
        source.Close();
        return source.ToString();
    }

    private static void Field(SourceWriter source, DescribedField field)
    {
        string repeated = field.IsRepeated ? "true" : "false";
        string type = field.Kind switch
        {
            DescribedKind.Message => $" {{ Message = {field.TypeName} }}",
            DescribedKind.Enum => $" {{ Enum = {field.TypeName} }}",
            _ => "",
        };
        source.Line($"    new(\"{field.Name}\", {field.Number}, FieldKind.{field.Kind}, {repeated},");
        source.Line($"        {Text(field.Comment)}){type},");
    }

    private static string Text(Comment comment) =>
        "\"" + comment.Summary.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").Replace("\"", "\\\"") + "\"";
}
