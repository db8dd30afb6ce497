// SPDX-License-Identifier: BSD-2-Clause
using System.Linq;
using Sel4.Tools.Gen.Rpc;

namespace Sel4.Tools.Gen.Description;

/// <summary>Writes the classes into which the root server unpacks a description.</summary>
internal static class ClassEmitter
{
    internal static string Emit(DescriptionModel model, string proto)
    {
        var source = new SourceWriter();
        source.Line("// SPDX-License-Identifier: BSD-2-Clause");
        source.Line($"// Generated from {proto} by './sel4 gen' (tools/Gen/Description). Do not edit: a test compares.");
        source.Line("using System.Collections.Generic;");
        source.Line("using System.Text;");
        source.Line("using Sel4.Rpc.Wire;");
        source.Line();
        source.Line("namespace Sel4.RootServer;");
        foreach (DescribedEnum type in model.Enums) Enum(source, type);
        foreach (DescribedMessage message in model.Messages) Class(source, message);
        return source.ToString();
    }

    private static void Enum(SourceWriter source, DescribedEnum type)
    {
        source.Line();
        source.Document(type.Comment);
        source.Open($"public enum {type.Name} : byte");
        foreach (DescribedValue value in type.Values)
        {
            if (value != type.Values[0]) source.Line();
            source.Document(value.Comment);
            source.Line($"{Rpc.Names.Pascal(value.Name)} = {value.Number},");
        }
        source.Close();
    }

    private static void Class(SourceWriter source, DescribedMessage message)
    {
        source.Line();
        source.Document(message.Comment);
        source.Open($"public sealed class {message.Name}");
        foreach (DescribedField field in message.Fields) Property(source, field);
        source.Document("Reads fields up to the reader's end.");
        source.Open("internal void Merge(ref MessageReader reader)");
        source.Open("while (reader.TryReadHeader(out uint header))");
        source.Open("switch (header)");
        foreach (DescribedField field in message.Fields) Case(source, field);
        source.Line("default:");
        source.Line($"    reader.Skip(header, 0x{message.Fields.Aggregate(0ul, (known, field) => known | 1ul << field.Number):x});");
        source.Line("    break;");
        source.Close();
        source.Close();
        source.Close();
        source.Close();
    }

    private static void Property(SourceWriter source, DescribedField field)
    {
        source.Document(field.Comment);
        source.Line($"public {PropertyType(field)} {field.PropertyName} " + (field switch
        {
            { IsRepeated: true } => "{ get; } = new();",
            { Kind: DescribedKind.String } => "{ get; set; } = \"\";",
            { Kind: DescribedKind.Message } => "{ get; } = new();",
            _ => "{ get; set; }",
        }));
        source.Line();
    }

    private static string PropertyType(DescribedField field) => field.IsRepeated ? $"List<{ItemType(field)}>" : ItemType(field);

    private static string ItemType(DescribedField field) => field.Kind switch
    {
        DescribedKind.UInt32 => "uint",
        DescribedKind.UInt64 => "ulong",
        DescribedKind.Bool => "bool",
        DescribedKind.String => "string",
        _ => field.TypeName,
    };

    private static void Case(SourceWriter source, DescribedField field)
    {
        source.Line($"case 0x{field.Header:x2}:  // {field.Name} = {field.Number}");
        string value = field.Kind switch
        {
            DescribedKind.UInt32 => "reader.ReadUInt32()",
            DescribedKind.UInt64 => "reader.ReadVarint()",
            DescribedKind.Bool => "reader.ReadBool()",
            DescribedKind.Enum => $"({field.TypeName})reader.ReadUInt32()",
            _ => "Encoding.UTF8.GetString(reader.ReadBytes())",
        };
        if (field.Kind == DescribedKind.Message)
        {
            source.Line($"    nuint after{field.PropertyName} = reader.Enter();");
            if (field.IsRepeated) source.Line($"    {field.TypeName} new{field.PropertyName} = new();");
            source.Line($"    {(field.IsRepeated ? "new" : "") + field.PropertyName}.Merge(ref reader);");
            if (field.IsRepeated) source.Line($"    {field.PropertyName}.Add(new{field.PropertyName});");
            source.Line($"    reader.Leave(after{field.PropertyName});");
        }
        else
        {
            source.Line(field.IsRepeated ? $"    {field.PropertyName}.Add({value});" : $"    {field.PropertyName} = {value};");
        }
        source.Line("    break;");
    }
}
